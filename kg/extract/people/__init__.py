"""Who is in an article: its names, joined into a cast; whom its pronouns mean; who speaks."""
