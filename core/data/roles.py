"""What each column of a file is: guessed from its name, English or Chinese, and from its values."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from itertools import islice

from core.data.values import number, numeric_share, short_words, time_share

ITEM_ROLES = ("item", "title", "category", "description", "price", "picture")
"""Roles in a catalogue; in an event file they describe the event's item. `picture` is the path of a file or an address:
an import notes which column it is, and reads nothing of it (see `core.data.pictures`)."""

EVENT_ROLES = ("user", "behaviour", "time", "order", "value", "text", *ITEM_ROLES)
"""Roles in an event file. `order` is a number that orders a user's events where there are no times (a step), `value` a
rating, amount or dwell time of the event, `text` the event's own words (a search)."""

MANY = ("description",)
"""Roles that several columns may have; their texts are joined."""

# Names of each role's columns, the surest first, as `plain_name` gives them.
_WORDS = {
    "user": """
        userid user uid userno usernumber usercode username visitorid visitor customerid customer custid
        memberid member clientid client accountid account reviewerid reviewer buyerid buyer shopperid
        viewerid viewer readerid reader studentid student learnerid learner playerid subscriberid
        listenerid patientid personid profileid cookieid anonymousid deviceid 用户id 用户 用户编号 用户号
        用户标识 用户名 用户代码 会员id 会员 会员编号 会员号 客户id 客户 客户编号 客户号 顾客id 顾客
        顾客编号 买家id 买家 访客id 访客 账号 账户 账号id 账户id 学生id 学生 学号 学员id 读者id 读者
        读者编号 观众id 玩家id 设备id sessionid session usersession 会话id 会话
    """,
    "item": """
        itemid item iid itemno itemnumber itemcode productid product prodid productcode sku skuid skucode
        asin parentasin goodsid goods gid movieid movie filmid film showid videoid video songid song
        trackid track artistid artist albumid bookid book isbn newsid news articleid article storyid postid
        contentid content docid documentid pageid page courseid course lessonid exerciseid exercise
        questionid gameid game appid app placeid businessid venueid poiid poi hotelid restaurantid recipeid
        jobid adid offerid stockcode upc ean 商品id 商品 商品编号 商品号 商品编码 商品代码 商品标识 物品id
        物品 物品编号 产品id 产品 产品编号 产品编码 货号 货品id 视频id 视频 视频编号 电影id 电影 电影编号
        影片id 歌曲id 歌曲 音乐id 图书id 图书编号 书籍id 书号 文章id 文章 文章编号 新闻id 新闻编号 课程id
        课程 课程编号 题目id 题号 内容id 游戏id 应用id 项目id 条目id
    """,
    "time": """
        timestamp time ts datetime eventtime eventtimestamp eventdatetime unixtimestamp unixtime
        unixreviewtime epoch epochms epochtime timestampms timems eventdate actiontime actiondate
        behaviortime behaviourtime createdat createtime createdtime creationtime createddate occurredat
        visittime viewtime clicktime ordertime orderdate purchasetime purchasedate invoicedate reviewtime
        ratingtime transactiondate transactiontime logtime servertime date day when datum zeit 时间戳 时间
        日期 日期时间 行为时间 操作时间 事件时间 发生时间 动作时间 创建时间 点击时间 浏览时间 访问时间
        下单时间 购买时间 支付时间 交易时间 评论时间 评价时间 记录时间 观看时间 播放时间 学习时间 借阅时间
    """,
    "behaviour": """
        behavior behaviour behaviortype behaviourtype behaviorcode behaviourcode event eventtype eventname
        action actiontype actionname interaction interactiontype feedbacktype type op operation activity
        verb 行为类型 行为 行为名称 行为代码 动作 动作类型 操作 操作类型 事件 事件类型 事件名称 交互类型
        交互 互动类型 类型
    """,
    "order": """
        step steps stepno order ordinal position pos seq seqno sequence sequenceno sequencenumber index idx
        rank eventno eventnumber eventindex timestep 序号 顺序 步骤 步 次序 序列号 排序 位置
    """,
    "value": """
        rating ratings score stars star overall value ratingvalue eventvalue reviewscore amount quantity
        qty count playcount plays weight dwelltime dwell duration watchtime playtime watchratio
        watchseconds seconds durationseconds durationms listencount visitcount revenue total 评分 打分 分数
        星级 得分 数值 值 数量 金额 次数 时长 停留时长 停留时间 观看时长 播放时长 播放次数 购买数量
        支付金额
    """,
    "text": """
        query searchquery searchterm searchterms searchtext searchkeyword searchkeywords keyword keywords
        searchstring text eventtext reviewtext review comment message 搜索词 搜索关键词 关键词 关键字 查询
        查询词 搜索内容 搜索 文本 评论 评论内容 评价内容
    """,
    "title": """
        title itemtitle itemname producttitle productname goodsname goodstitle movietitle moviename
        filmtitle videotitle songtitle songname trackname tracktitle booktitle bookname newstitle
        articletitle headline coursename coursetitle contenttitle gamename appname artistname name label
        skuname 商品名称 商品名 商品标题 名称 标题 名字 物品名称 产品名称 产品名 产品标题 电影名称 电影名
        片名 视频标题 视频名称 歌曲名称 歌名 书名 图书名称 文章标题 新闻标题 课程名称 课程名 品名 货品名称
        内容标题
    """,
    "category": """
        category categoryname itemcategory productcategory categories maincategory categorycode class
        classes genre genres subcategory department topic topics section productgroup producttype itemtype
        cat 商品类别 类别 商品类目 类目 类目名称 商品分类 分类 类别名称 分类名称 商品类型 品类 题材 体裁
        栏目 频道 主题 学科 科目 categoryid catid categoryno cateid genreid topicid departmentid 商品类目id
        类目id 类别id 商品类别id 分类id 品类id
    """,
    "description": """
        description itemdescription productdescription desc details detail summary abstract overview plot
        contenttext brand brandname manufacturer author authors director publisher tags releaseyear
        publicationyear year colour color 描述 商品描述 简介 详情 商品详情 摘要 内容简介 品牌 品牌名称 作者
        导演 出版社 标签 年份 上映年份
    """,
    "price": """
        price itemprice unitprice saleprice sellingprice listprice productprice currentprice finalprice
        cost 售价 价格 单价 商品价格 销售价 销售价格 定价 现价 原价 标价
    """,
    "picture": """
        picture picturepath picturefile pictures image imagepath imagefile images img imgpath photo photopath cover
        coverpath poster posterpath thumbnail thumb pictureurl imageurl imgurl photourl coverurl posterurl 图片 图片路径
        图 图像 照片 封面 海报 主图 商品图片 图片地址
    """,
}
NAMES: dict[str, tuple[str, ...]] = {role: tuple(words.split()) for role, words in _WORDS.items()}

# The order in which roles choose among the columns whose names fit: the surer a name, the earlier.
_CHOOSING = (
    "user",
    "item",
    "time",
    "behaviour",
    "title",
    "category",
    "price",
    "value",
    "text",
    "order",
    "description",
    "picture",
)

# Names that no list has, but that say whose key they are.
_KEY = r"(id|ids|key|no|nr|num|number|code|hash|uuid|guid|编号|号|编码|标识)"
_KEYS = {
    "user": re.compile(
        rf".*(user|visitor|customer|member|client|buyer|reader|student|用户|会员|客户|顾客|买家|学生){_KEY}"
    ),
    "item": re.compile(
        rf".*(item|product|sku|goods|movie|film|video|song|track|book|article|news|course|商品|物品|产品|电影|视频|课程){_KEY}"
    ),
}

# The most different values that a sample of a behaviour column may have.
MOST_BEHAVIOURS = 50
MOST_LOOKED_AT = 300  # columns in which times are sought where no name tells of them

# Behaviours that speak against an item.
_NEGATIVE = re.compile(
    r"remove|delete|cancel|dislike|unlike|unfollow|unfav|unsubscribe|undo|downvote|thumbs?_?down|refund|return|reject"
    r"|skip|hide|block|report|not_?interested|drop_?out|取消|移除|移出|删除|不喜欢|不感兴趣|讨厌|踩|退货|退款|取关|差评|拉黑|举报|屏蔽|跳过",
    re.IGNORECASE,
)

Values = Sequence[str | None]


def plain_name(column: str) -> str:
    """A column's name as `NAMES` has it: `movie_title:token_seq`, `Movie Title` and `movieTitle` are `movietitle`."""
    name = re.sub(r":(token|token_seq|float|float_seq)$", "", column.strip().lower())
    return re.sub(r"[\s_\-.·/()（）\[\]【】:：]+", "", name)


def guess_roles(
    columns: Sequence[str], rows: Sequence[Values], catalogue: bool = False, named: bool = True
) -> dict[str, str]:
    """Role by column, for the columns that have one.

    Args:
        columns: their names.
        rows: a sample of rows, each as long as `columns`, None for a missing value.
        catalogue: whether the file is a catalogue, which has only `ITEM_ROLES`.
        named: whether the names mean something. Without a header they do not, and then place and values decide.
    """
    values = {column: [row[place] for row in rows] for place, column in enumerate(columns)}
    names = {column: plain_name(column) for column in columns}
    allowed = ITEM_ROLES if catalogue else EVENT_ROLES
    found: dict[str, str] = {}
    for role in _CHOOSING:
        if role not in allowed:
            continue
        free = [column for column in columns if column not in found]
        matching = sorted(
            (place, free.index(column), column)
            for column in free
            if (place := _place(role, names[column])) is not None and _suits(role, values[column])
        )
        for _, _, column in matching if role in MANY else matching[:1]:
            found[column] = role
    for role, pattern in _KEYS.items():
        if role in allowed and role not in found.values():
            keys = [column for column in columns if column not in found and pattern.fullmatch(names[column])]
            found.update(dict.fromkeys(keys[:1], role))
    if not catalogue:
        _settle_times(columns, values, found)
    if not named:
        _settle_nameless(columns, values, found, catalogue)
    return _without_spares(found)


def is_catalogue(columns: Sequence[str], rows: Sequence[Values]) -> bool:
    """Whether a file describes items and has no events: it names items and no user."""
    roles = set(guess_roles(columns, rows).values())
    return (
        "item" in roles
        and "user" not in roles
        and bool(roles & {"title", "category", "description", "price", "picture"})
    )


def is_negative(behaviour: str) -> bool:
    """Whether a behaviour's name says that it speaks against the item (removed from the cart, disliked, 取消收藏)."""
    return _NEGATIVE.search(behaviour) is not None


def _place(role: str, name: str) -> int | None:
    names = NAMES[role]
    return names.index(name) if name in names else None


def _suits(role: str, values: Values) -> bool:
    """Whether a column whose name fits a role also has values that fit."""
    present = [value for value in values if value is not None and value.strip()]
    if not present:
        return True
    check = _CHECKS.get(role)
    return check is None or check(present)


_CHECKS: dict[str, Callable[[Sequence[str]], bool]] = {
    "time": lambda values: time_share(values) >= 0.5,
    "behaviour": lambda values: len(set(values)) <= max(10, min(MOST_BEHAVIOURS, len(values) // 2)),
    "value": lambda values: numeric_share(values) >= 0.8,
    "price": lambda values: numeric_share(values) >= 0.5,
    "order": lambda values: numeric_share(values) >= 0.95,
    "title": lambda values: numeric_share(values) < 0.9,
    "text": lambda values: numeric_share(values) < 0.9,
    "picture": lambda values: numeric_share(values) < 0.9,
}


def _present(values: Values) -> list[str]:
    return [value for value in values if value is not None and value.strip()]


def _settle_times(columns: Sequence[str], values: Mapping[str, Values], found: dict[str, str]) -> None:
    """Find times or an order where no name told of them."""
    if "time" in found.values():
        return
    free = {column: present for column in columns if column not in found and (present := _present(values[column]))}
    # A column of small numbers that is called a time (0, 1, 2 ...) is an order.
    steps = [c for c in free if _place("time", plain_name(c)) is not None and numeric_share(free[c]) >= 0.95]
    if steps and "order" not in found.values():
        found[steps[0]] = "order"
        return
    times = (column for column in islice(free, MOST_LOOKED_AT) if time_share(free[column]) >= 0.95)
    found.update(dict.fromkeys(islice(times, 1), "time"))


def _settle_nameless(
    columns: Sequence[str], values: Mapping[str, Values], found: dict[str, str], catalogue: bool
) -> None:
    """Tell the columns of a file without a header by place and values: usually user, item, and the rest."""
    free = [column for column in columns if column not in found]
    if not catalogue and (words := [column for column in free if short_words(_present(values[column]))]):
        found[words[0]] = "behaviour"
        free.remove(words[0])
    for role in ("item", "title", "category") if catalogue else ("user", "item"):
        if free:
            found[free.pop(0)] = role
    if not catalogue:
        found.update({c: "value" for c in free[:1] if _is_rating(_present(values[c]))})


def _is_rating(values: Sequence[str]) -> bool:
    numbers = [found for value in values if (found := number(value)) is not None]
    return len(numbers) == len(values) > 0 and min(numbers) >= 0 and max(numbers) <= 10


def _without_spares(found: dict[str, str]) -> dict[str, str]:
    """Without a role that another one makes needless: where there are times, an order column says nothing."""
    roles = set(found.values())
    return {column: role for column, role in found.items() if not (role == "order" and "time" in roles)}
