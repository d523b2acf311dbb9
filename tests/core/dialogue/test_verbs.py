"""Families of verbs in all their forms, and verbs that no rule knows; none of these requests is in the bench."""

from __future__ import annotations

import pytest

from core.dialogue import verbs
from core.dialogue.grammar import understand
from core.dialogue.names import Names
from tests.benchmarks.requests_bench import meaning, shops


@pytest.fixture(scope="module")
def shop() -> dict[str, Names]:
    return shops()


def _wrong(said: list[str], meant: dict[str, object], names: Names) -> list[tuple[str, object]]:
    got = [(each, meaning(understand(each, names).parts)) for each in said]
    return [(each, found) for each, found in got if found != meant]


@pytest.mark.parametrize("how", ["no", "less", "more"])
def test_every_verb_of_a_family_asks_for_the_same(shop: dict[str, Names], how: str) -> None:
    asked = [verb for verb in verbs.ASKED[how].split("|") if not verb.endswith("ing")]
    said = [
        form.format(verb) for verb in asked for form in ("{} horror", "please {} the horror", "{} all horror films")
    ]
    assert not _wrong(said, {how: ["Horror"]}, shop["films"])


@pytest.mark.parametrize("how", ["no", "less", "more"])
def test_every_participle_says_the_same_behind_a_name(shop: dict[str, Names], how: str) -> None:
    done = verbs.PARTICIPLES[how].split("|")
    said = [form.format(verb) for verb in done for form in ("horror should be {}", "horror must be {} please")]
    assert not _wrong(said, {how: ["Horror"]}, shop["films"])


FRAMES: tuple[tuple[dict[str, object], str], ...] = (
    (
        {"no": ["Horror"]},
        "take horror off the list|leave the horror out|kick horror out|cut horror from the list|give horror a rest"
        "|horror can go|horror has to go|horror should not be there|filter the horror out|rid me of horror"
        "|say goodbye to horror|no thanks to horror|zero horror|horror? nah|horror, hard pass|neither horror"
        "|from horror nothing",
    ),
    (
        {"less": ["Horror"]},
        "push horror down|push the horror films to the bottom|horror to the back|give horror less weight"
        "|give horror a back seat|go easy on the horror|rein in the horror|horror should rank lower|cut horror by half"
        "|she can't stand horror|horror gives her nightmares|horror isn't her cup of tea|horror puts her to sleep"
        "|she's had her fill of horror|he is fed up with horror|she has gone off horror|horror does nothing for him"
        "|her interest is low, she is tired of horror|she doesn't care for horror|she has lost interest in horror",
    ),
    (
        {"more": ["Comedy"]},
        "give comedy a boost|give comedies more room|push comedies up|put comedy first|bring the comedies to the top"
        "|comedies should feature more heavily|comedies should lead|comedy heavy|with a dash of comedy"
        "|he raves about comedies|she has a soft spot for comedies|comedy is right up her street|comedies crack her up"
        "|do include comedies|don't forget comedies|make sure there are some comedies|comedies front and center",
    ),
    (
        {"more": ["Comedy"], "less": ["Drama"]},
        "comedy over drama|rather comedy than drama|she prefers comedies to dramas|comedy > drama"
        "|comedy before drama|I'd rather have comedy than drama",
    ),
    (
        {"more": ["Comedy"], "no": ["Horror"]},
        "swap out horror for comedy|substitute comedy for horror|replace the horror with some comedy|horror -> comedy"
        "|comedy in place of horror",
    ),
    (
        {"no": ["War"], "only": ["Comedy"]},
        "comedies which are not war films|comedies that aren't war films|comedy but not war|comedy and not war",
    ),
    (
        {"no": ["Horror", "War"]},
        "neither horror nor war|no horror, same for war|nuke horror and war|horror out, war too",
    ),
    ({"like": ["Fargo"]}, "he raves about Fargo|Fargo won her over|Fargo was right up her alley|Fargo made her laugh"),
    ({"dislike": ["Gravity"]}, "Gravity put her to sleep|Gravity did nothing for her|gravity was too long for her"),
)
CHINESE: tuple[tuple[dict[str, object], str], ...] = (
    (
        {"no": ["零食"]},
        "把零食干掉|零食滚蛋|零食先放一放|我不吃零食|零食扔一边去|这次零食砍了|零食都给我撤了|剔除零食|把零食踢出去"
        "|零食不想买了|零食靠边站|将零食拉黑|除开零食",
    ),
    (
        {"less": ["零食"]},
        "少整点零食|零食往后排|零食靠后|把零食往后放一放|零食别那么多|她对零食没啥兴趣|零食她看腻了|她对零食无感|零食压一压"
        "|零食的比例降一降|零食太多了",
    ),
    (
        {"more": ["图书"]},
        "图书多整点|图书占大头|以图书为主|把图书往前放|图书排前面|置顶图书|图书的分量加重|她对图书情有独钟|图书提一提|别忘了图书",
    ),
    ({"only": ["手机"]}, "有啥手机|整点手机|帮我看一下手机|瞅瞅手机|来几个手机呗|全是手机|光看手机"),
    ({"no": ["手机"], "more": ["电脑"]}, "手机换电脑|不要手机了换成电脑|拿电脑代替手机|用电脑换手机"),
    ({"no": ["手机", "耳机音响"]}, "手机耳机都不要|手机和耳机都别推了|把手机和耳机都删了"),
)


@pytest.mark.parametrize(("domain", "families"), [("films", FRAMES), ("shop_zh", CHINESE)])
def test_frames_of_names(
    shop: dict[str, Names], domain: str, families: tuple[tuple[dict[str, object], str], ...]
) -> None:
    wrong = [found for meant, ways in families for found in _wrong(ways.split("|"), meant, shop[domain])]
    assert not wrong, "\n".join(map(str, wrong))


UNKNOWN = ("defenestrate the {}", "yeet all the {}", "kindly zorble those {} films", "we will frobnicate the {}")
STRANGE = (
    "the {} ran in the family",
    "{} keeps sneaking back",
    "{} makes her dentist rich",
    "she hummed all through {}",
)
CHINESE_STRANGE = ("把{}腌了", "{}她给弄丢过", "不晓得{}")


@pytest.mark.parametrize("form", [*UNKNOWN, *STRANGE])
@pytest.mark.parametrize("name", ["horror", "Disney", "Titanic"])
def test_what_no_rule_knows_is_said_and_never_asked_for(shop: dict[str, Names], form: str, name: str) -> None:
    found = understand(form.format(name), shop["films"])
    got = meaning(found.parts)
    assert not {"only", "only_brands", "more", "more_brands", "like"} & set(got), got
    assert found.missed


@pytest.mark.parametrize("form", CHINESE_STRANGE)
def test_what_no_chinese_rule_knows_is_said_and_never_asked_for(shop: dict[str, Names], form: str) -> None:
    found = understand(form.format("零食"), shop["shop_zh"])
    got = meaning(found.parts)
    assert not {"only", "more"} & set(got), got
    assert found.missed
