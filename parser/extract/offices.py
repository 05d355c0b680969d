"""Which office a text names: in the words of a name itself, or in the first and last sentences of a report."""

from __future__ import annotations

import re
import unicodedata

from parser.templates.characters import characters
from parser.templates.labels import PINYIN

CHINESE_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_OF_A_DAY = r"\s*[年./-]\s*\d{1,2}\s*[月./-]"
YEAR = rf"(?P<year>(?:20\d\d|二[〇○零0]\s*[一二三]\s*[〇○零一二三四五六七八九]))(?!{_OF_A_DAY})\s*年?\s*(?:度)?+"
TOPIC = r"(?:政府)?(?:信息|政务)(?:与政务)?公开"
REPORT = r"(?:报告|年报|告年度报|年度报|年报告)"
FULL_DATE = r"(20\d\d)\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日"
_ORGAN = re.compile(
    r"[\u4e00-\u9fff（）()·]{1,36}?(?:委员会|办公室|办事处|人民政府|管委会|街道办|街道|中心|政府|法院|检察院|公司|学院|大学|医院"
    r"|[局厅委办部署院处所队站镇乡旗县区市省会社馆台行])$"
)
_NOBODY = re.compile(
    r"网站$|^(?:我|本|各|该|年|第|关于|附|政府信息|信息公开|信息来源|首页|当前|来源|发布|索引|标题|名称|无|栏目|导航|互动|位置|政务|依申请|法定"
    r"|走进|网站|您|搜索|打印|字号|字体|分享|返回|上一|下一|目录|公开)"
)
_AROUND_NAME = re.compile(
    r"^(?:【[^】]*】|(?:标题|信息名称|名称|附件\d?|关于)[:：]?|[^:：]{0,4}单位[:：])+|关于(?:印发|公布|报送|上报|发布)?$"
)
_BEFORE_NAME = re.compile(
    r".*(?:[《【】“”>★☆]|关于(?:印发|转发|公布))(?=.)"
)  # a notice that hands on the report, the way to the page
_TOWN = re.compile(r"(?![本我全各该城乡市辖园景灾山新老社地郊县街])[\u4e00-\u9fff][县镇乡市区旗]")  # 和县, 王镇
_OWN_DESK = re.compile(r"(?<=[镇乡道府处])(?:党政|综合|政务|党建)[\u4e00-\u9fff]{0,6}办(?:公室)?$")  # of an office
_OFFICE = r"(?P<office>[\u4e00-\u9fff（）()]{3,36}?)"
_SAYS = "(?:公布|编制|发布|公开|报送|形成|制定|现将)"
_ABBREVIATED = r"(?:[（(][^（）()]{2,24}[）)])?"
_OF_THE_YEAR = rf"{YEAR}(?:{TOPIC}|政府信息工作).{{0,6}}?{REPORT}"
_NAMED = (  # where the report names itself in its first words
    re.compile(rf"(?:{_SAYS}《?|《){_OFFICE}{_ABBREVIATED}{_OF_THE_YEAR}"),
    re.compile(rf"{_SAYS}《?{YEAR}{_OFFICE}{TOPIC}.{{0,6}}?{REPORT}"),
    re.compile(rf"[，。；,;\s]{_OFFICE}[现特此]{{0,2}}(?:向社会)?{_SAYS}《?{_OF_THE_YEAR}"),
    re.compile(rf"^{_OFFICE}\s*{_OF_THE_YEAR}(?=根据|按照|依据|为)", re.MULTILINE),
    re.compile(rf"(?:{_SAYS}《?|《){_OFFICE}{_ABBREVIATED}{TOPIC}.{{0,6}}?{REPORT}"),
    re.compile(rf"^{_OFFICE}{TOPIC}.{{0,6}}?{REPORT}(?=根据|按照|依据)", re.MULTILINE),
)
_ASKED = r"(?:报告|疑问|意见|咨询)[^。\n]{0,40}?"
_EDITOR = (
    re.compile(rf"(?:由|[，。；,;\s](?!本报告|由|依|根据|按照)){_OFFICE}(?:负责)?编制(?:本报告|而成|了|完成|。|，)?"),
    re.compile(rf"{_ASKED}(?:与|联系){_OFFICE}(?:政务公开|信息公开|办公室)?联系"),
)
_DESK_OF = re.compile(  # whom to ask is a desk of the office
    rf"{_ASKED}(?:请?与|请)(?P<office>[\u4e00-\u9fff]{{2,30}}?(?:政府|委员会|管委会|办事处|中心|局))[^,，。；;\n]{{1,24}}?联系"
)
_DOES = (  # what only the office itself is said to have done
    r"(?:[深认严坚全积切扎高始持继不进紧大着]\S{1,3}(?:贯彻|落实|执行|履行|遵循|按照|推进|推动|做好|开展|重视|加强|围绕)"
    r"|贯彻落实|坚持以|在[^,，。]{2,40}(?:领导下|指导下|主动公开))"
)
_DOES_IN_THE_YEAR = rf"(?:{_DOES}|以习近平|按照|根据|通过|共?主动公开)"  # … where the year stands before it
_LED = r"(?:在[^,，。]{2,40}下[,，])?"
_WORKS = re.compile(
    rf"(?:^|。)[ \t\u3000]*+(?:(?:{YEAR}[,，]?|20\d\d年以?来[,，]?)[ \t]*{_LED}{_OFFICE}{_DOES_IN_THE_YEAR}"
    rf"|{_LED}{_OFFICE.replace('office', 'other')}{_DOES})",
    re.MULTILINE,
)
_BEFORE_PLACE = r"(?:[由与的]|联系|包括|公开|公布|发布|编制|报送|现将|[，。；：,;:（(\s])"
_PLACE = r"(?:(?!由|与|请|现|包括|公开|公布|发布|编制|报送|关于|联系|的)[\u4e00-\u9fff]){1,8}?"
_ABOVE = re.compile(
    r"^(?:全|上级|国务院|国家[\u4e00-\u9fff]{1,4}总局$|中共|[省市县区镇乡州旗](?:委|人民政府|政府)(?!办))"
)  # other offices


def office_in(text: str) -> str | None:
    """Return the office named by ``text``, None when it names nobody in particular."""
    name = re.sub(r"\s+", "", text).strip("-—_,，:：.。《》<>/“”★☆")
    name = _BEFORE_NAME.sub("", name)
    name = _AROUND_NAME.sub("", name)
    is_short = len(name) < 3 and _TOWN.fullmatch(name) is None
    if is_short or len(name) > 40 or _NOBODY.search(name) or re.search(r"[\d。，；]", name):
        return None
    return f"{name}政府" if name.endswith("人民") else name


def is_office(text: str) -> bool:
    """Whether the text ends like the name of an office."""
    return _ORGAN.fullmatch(text.translate(characters().simplify)) is not None


def to_year(text: str | None) -> int | None:
    """Return the year written in digits of either kind, None for none."""
    digits = re.sub(r"\s", "", text).translate(CHINESE_DIGITS) if text else ""
    return int(digits) if digits else None


def named(preamble: str) -> tuple[str | None, int | None]:
    """Return office and year of the report that the first words say is published here."""
    plain = _plain(preamble)
    for match in filter(None, (pattern.search(_simplified(plain)) for pattern in _NAMED)):
        if (name := _named_in(match, plain)) is not None:
            return name, to_year(match.groupdict().get("year"))
    return None, None


def editor(text: str) -> str | None:
    """Return the office that is said to have drawn up the report, or to answer questions about it."""
    plain = _plain(text)
    found = (pattern.search(_simplified(plain)) for pattern in _EDITOR)
    names = (_named_in(match, plain) for match in found if match)
    return next((_OWN_DESK.sub("", name) for name in names if name), None)


def at_work(text: str) -> tuple[str | None, int | None]:
    """Return office and year where a sentence begins with what it did (2023年，清河县气象局认真贯彻…)."""
    plain = _plain(text)
    for match in _WORKS.finditer(_simplified(plain)):
        group = "office" if match["office"] else "other"
        if _ABOVE.match(match[group]) is None and (name := _named_in(match, plain, group)) is not None:
            return name, to_year(match["year"])
    return None, None


def with_desk(text: str) -> str | None:
    """Return the office one of whose desks answers questions about the report."""
    plain = _plain(text)
    match = _DESK_OF.search(_simplified(plain))
    return _named_in(match, plain) if match else None


def lacks_place(name: str) -> bool:
    """Whether the name says only of what level its place is (市人民政府办公室)."""
    return name[0] in "省市县区镇乡州旗"


def in_full(name: str, text: str) -> str:
    """Return the name with its place where it lacks that (市人民政府办公室) and the text has both together."""
    if not lacks_place(name):
        return name
    found = re.search(f"{_BEFORE_PLACE}({_PLACE}{re.escape(name)})", _plain(text))
    return found[1] if found else name


def _named_in(match: re.Match[str], plain: str, group: str = "office") -> str | None:
    """Return the office that was found in the simplified text, as ``plain`` writes it."""
    return office_in(plain[slice(*match.span(group))]) if is_office(match[group]) else None


def _plain(text: str) -> str:
    return PINYIN.sub("", unicodedata.normalize("NFKC", text))


def _simplified(plain: str) -> str:
    """Return the text, as long as before, in the characters in which names and titles are looked for."""
    return plain.translate(characters().simplify)
