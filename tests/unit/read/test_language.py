"""Which language an article is in: invented sentences."""

import pytest

from kg.read.language import foreign_language

ENGLISH = [
    "Rain.",
    "Ann Lee: rain.",
    "x y z " * 30,
    "The rain will last until May, said Ann Lee, a researcher at the Northlight Institute, who has looked at the records of a hundred years.",
    # few function words: names and a table
    "Results: Lee 4, Roe 3, Moe 2, Nilsen 1. " * 5,
    # English with a quotation in German
    "Ann Lee told the council that the rain would last. The motto of the town is 'Der Regen ist gut und die Sonne ist auch gut', and she quoted it.",
    # English with Chinese names
    "Wang Peng (王鹏), a researcher at the academy, said that the number of racks (机架) had exceeded 7.6 million by the end of the year.",
]
FOREIGN = [
    ("German", "Der Regen dauert bis Mai, und die Bauern sollten in diesem Jahr später säen, sagte Anna Lee, die an dem Institut nach den Ursachen für das Wetter sucht."),
    ("French", "La pluie va durer jusqu'en mai, et les agriculteurs devraient semer plus tard dans l'année, a dit Anne Lee, qui est chercheuse à l'institut de la ville."),
    ("Spanish", "La lluvia va a durar hasta mayo y los agricultores deberían sembrar más tarde, según dijo Ana Lee, que es investigadora en el instituto de la ciudad."),
    ("Italian", "La pioggia durerà fino a maggio e gli agricoltori dovrebbero seminare più tardi, ha detto Anna Lee, che è una ricercatrice dell'istituto della città e non è sola."),
    ("Dutch", "De regen zal tot mei duren en de boeren zouden dit jaar later moeten zaaien, zei Anna Lee, die aan het instituut van de stad werkt en niet alleen is."),
    ("Polish", "Deszcz potrwa do maja i w tym roku rolnicy nie powinni siać za wcześnie, mówi Anna Lee, która jest w instytucie od lat i nie jest sama, ale się nie boi."),
    ("Cyrillic script", "Дождь продлится до мая, сказала Анна Ли, научная сотрудница института."),
    ("CJK script", "分析人士表示，大雨将持续到五月，农民今年应当推迟播种，研究所的研究人员安娜说。"),
    ("Arabic script", "سيستمر المطر حتى مايو وعلى المزارعين أن يزرعوا في وقت لاحق"),
]  # fmt: skip


@pytest.mark.parametrize("text", ENGLISH)
def test_english_and_what_may_be_passes(text):
    assert foreign_language(text) is None


@pytest.mark.parametrize(("language", "text"), FOREIGN)
def test_other_languages_are_named(language, text):
    assert foreign_language(text) == language
