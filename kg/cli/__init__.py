"""The command `kg`: a module a command. A command parses, calls one public function and prints."""
