"""The name of an office becomes its level, as far as the name alone tells it."""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum

_GOVERNMENT = r"(?:人民政府|政府)"
_OFFICE = r"(?:办公[厅室])?"
_PROVINCE = re.compile(rf"(?:省|自治区|^(?:北京|天津|上海|重庆)市|自治州){_GOVERNMENT}{_OFFICE}$")
_TOWN = re.compile(rf"(?:镇|乡|苏木|街道|街道办事处|街道办)(?:{_GOVERNMENT}{_OFFICE}|办事处|党政(?:综合)?办公室)?$")
_COUNTY = re.compile(rf"(?:县|旗|(?<!自治)区){_GOVERNMENT}{_OFFICE}$")
_CENTRAL = re.compile(
    r"^(?:(?:中华人民共和国|国务院|国家).*?(?:总局|局|委员会|部|署|办公室)|中国人民银行|海关总署|审计署)(?P<branch>.*)$"
)
_LOCAL = re.compile(r"省|自治区|市|县|(?<!自治)区|州|盟|旗|镇|乡")
_DEPARTMENT = re.compile(r"(?:局|委员会|委|厅|办公室|中心|队|院|所|站|处)$")
_MAY_SPEAK_FOR_GOVERNMENT = re.compile(rf"{_GOVERNMENT}{_OFFICE}$|(?:省|自治区|市|州|盟)(?:政府)?办公[厅室]$")


class Level(StrEnum):
    """How high an office stands, for what it may issue and what figures are plausible."""

    RULE_MAKER = "rule_maker"  # 国务院部门, 省级, 自治州 government: may issue 规章
    BELOW = "below"  # a county or district government, or a department below the State Council: may not
    TOWN = "town"  # 乡, 镇, 街道: may not
    UNKNOWN = "unknown"  # the name does not tell (清河市人民政府 may be 设区的市 or a county-level one)


def level(issuer: str | None) -> Level:
    """Return the level that the office's name tells; UNKNOWN rather than a guess (立法法第九十一、九十三条)."""
    name = "".join(unicodedata.normalize("NFKC", issuer or "").split())
    if not name:
        return Level.UNKNOWN
    if _TOWN.search(name):
        return Level.TOWN
    if _COUNTY.search(name):
        return Level.BELOW
    if _PROVINCE.search(name):
        return Level.RULE_MAKER
    central = _CENTRAL.search(name)
    if central and not central["branch"]:
        return Level.RULE_MAKER
    if _MAY_SPEAK_FOR_GOVERNMENT.search(name):
        return Level.UNKNOWN
    return Level.BELOW if _DEPARTMENT.search(name) and _LOCAL.search(name) else Level.UNKNOWN
