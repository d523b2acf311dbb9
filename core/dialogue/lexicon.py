"""Words that mean the same in English and Chinese: kinds of items, behaviours, and words that carry no wish."""

from __future__ import annotations

import re

from core.dialogue.patterns import late

# Each line is one kind of items: the first words are what catalogues call it, all are what people call it. A word in
# several lines means the first of them that the catalogue has.
_KINDS = """
action, 动作
adventure, 冒险, 探险
animation, animated, cartoon, anime, 动画, 卡通, 动漫
children's, children, kids, kid, childrens, 儿童, 少儿, 孩子
family, 家庭, 合家欢
comedy, comedic, comedies, romcom, rom com, 喜剧, 搞笑
crime, gangster, mafia, 犯罪, 警匪, 黑帮
documentary, docs, doc, docu, 纪录片, 记录片, 纪录, 纪实
drama, dramatic, 剧情, 文艺片
fantasy, 奇幻, 魔幻, 玄幻
film-noir, noir, film noir, 黑色电影
horror, scary movie, scary film, slasher, 恐怖, 鬼片, 灵异, 惊悚恐怖
musical, musicals, 歌舞, 音乐剧, 音乐
mystery, whodunit, 悬疑, 推理, 侦探
romance, romantic, love story, romcom, rom com, 爱情, 言情, 浪漫
sci-fi, scifi, science fiction, sci fi, sf, science-fiction, 科幻
thriller, suspense, 惊悚, 悬疑
war, 战争, 军事
western, cowboy, 西部
biography, biopic, 传记
history, historical, 历史
sport, sports, athletics, 体育, 运动
music, songs, 音乐
rock, rock music, 摇滚
pop, pop music, 流行音乐, 流行
jazz, 爵士, 爵士乐
classical, classical music, 古典, 古典音乐
hip-hop, hip hop, hiphop, rap, 说唱, 嘻哈
electronic, electronica, edm, techno, dance music, 电子音乐, 电音
folk, folk music, 民谣
country, country music, 乡村音乐, 乡村
metal, heavy metal, 金属
blues, 蓝调, 布鲁斯
soul, r&b, rnb, 灵魂乐, 节奏布鲁斯
news, 新闻, 资讯
politics, political, 政治, 时政
world, international, foreign news, world news, 国际, 国际新闻
local, local news, regional, 本地, 地方
culture, arts, arts & culture, 文化, 文化艺术
weather, forecast, 天气, 气象
opinion, comment, editorials, 评论, 观点
finance, business, economy, 财经, 金融, 经济
entertainment, 娱乐
technology, tech, 科技
health, wellness, 健康, 保健
science, 科学
travel, 旅游, 旅行
food, groceries, grocery, food & drink, 食品, 食品饮料, 吃的, 食物
drink, beverage, beverages, 饮料, 饮品, 食品饮料, 喝的
snack, snacks, 零食, 小吃
fruit, 水果, 果蔬, 蔬果, 生鲜
vegetable, vegetables, veg, veggies, greens, produce, 蔬菜, 果蔬, 蔬果, 生鲜
dairy, milk products, dairy products, 乳制品, 奶制品, 乳品
bakery, bread, baked goods, pastries, 烘焙, 面包, 糕点
meat, meats, 肉类, 肉
fish, seafood, 海鲜, 水产
alcohol, wine, beer, spirits, booze, 酒类, 酒水, 酒
frozen food, frozen, 冷冻食品, 冷冻, 速冻
cleaning, cleaning supplies, household cleaning, 清洁用品, 家清, 日用品
personal care, toiletries, hygiene, 个人护理, 个护, 洗护
phone, phones, smartphone, mobile, mobile phone, cell phone, cellphone, 手机, 智能手机
phone accessory, mobile accessories, 手机配件, 手机附件
electronics, electronic, gadget, gadgets, digital, 电子产品, 数码, 电子, 数码产品, 3c
computer, computers, pc, 电脑, 计算机
laptop, laptops, notebook computer, 笔记本电脑, 笔记本, 电脑
tablet, 平板, 平板电脑
computer accessory, peripherals, 电脑配件, 外设
headphone, headphones, earphones, earbuds, headset, audio, 耳机, 耳机音响
speaker, audio, hi-fi, 音响, 音箱, 耳机音响
camera, photography, 相机, 摄影
tv, television, 电视
appliance, appliances, home appliances, household appliances, white goods, 家用电器, 家电, 电器
furniture, 家具
home, household, housewares, homeware, home goods, home furniture, 家居用品, 家居, 居家, 家居家装, 家具
lighting, light, lamps, 灯具, 照明
kitchen, cookware, kitchenware, 厨房用品, 厨具, 厨房
coffee, 咖啡
tea, 茶叶, 茶
garden, gardening, 园艺, 花园
tool, tools, hardware, 工具, 五金
clothing, clothes, apparel, fashion, garments, 服装, 衣服, 服装鞋帽, 服饰, 服装鞋包
menswear, men's clothing, mens, men's, 男装
womenswear, women's clothing, womens, women's, 女装
shoe, shoes, footwear, 鞋, 鞋子, 鞋靴, 服装鞋帽
bag, bags, luggage, handbags, 包, 箱包, 包包
jewelry, jewellery, 珠宝, 首饰
watch, watches, 手表, 钟表
beauty, cosmetics, cosmetic, make-up, makeup, 美妆, 化妆品, 美妆护肤, 彩妆
skin care, skincare, 护肤, 护肤品, 美妆护肤, 美容护肤
hair care, haircare, 洗护, 美发
fragrance, perfume, 香水
baby, infant, nursery, babies, 母婴, 婴儿, 宝宝
toy, toys, 玩具
game, games, gaming, 游戏
book, books, novels, reading, 图书, 书, 书籍
fiction, novel, novels, 小说, 文学小说
science fiction novels, science fiction books, 科幻小说, 科幻
non-fiction, nonfiction, non fiction, 非虚构
poetry, poems, verse, 诗歌, 诗集
philosophy, philosophical, 哲学
psychology, 心理学, 心理
self-help, self help, personal development, 励志, 自助
children's books, kids' books, picture books, 儿童读物, 童书, 绘本, 儿童图书
comics, comic books, manga, graphic novels, 漫画
cooking, cookbooks, cookbook, recipes, 烹饪, 菜谱, 美食
economics, management, 经济管理, 经管, 经济学
computing, computer science, computer books, 计算机, 电脑编程
law, legal, 法律
religion, spirituality, 宗教
design, graphic design, 设计
marketing, advertising, 市场营销, 营销
data science, machine learning, statistics, 数据科学, 机器学习
stationery, office, office supplies, 文具, 办公
pet, pets, pet supplies, 宠物用品, 宠物
sport, fitness, sporting goods, running, jogging, workout, gym, 运动, 健身, 运动户外, 体育用品, 跑步
outdoor, outdoors, camping, 户外, 运动户外
automotive, car, cars, 汽车, 汽车用品
art, crafts, 艺术, 手工
education, courses, 教育, 课程
cooperative, co-op, coop, 合作
strategy, strategic, 策略
puzzle, puzzles, 益智, 解谜
party, 聚会, 派对
math, mathematics, maths, 数学
language, languages, 语言, 外语
programming, coding, 编程
"""
KINDS: tuple[tuple[str, ...], ...] = tuple(
    tuple(word.strip() for word in line.split(",")) for line in _KINDS.strip().splitlines()
)

# Makers that are written in both scripts: each line is one of them. A catalogue has it in one, people write the other.
_MAKERS = """
apple, 苹果
huawei, 华为
honor, honour, 荣耀
xiaomi, 小米
redmi, 红米
samsung, 三星
sony, 索尼
lenovo, 联想
dell, 戴尔
asus, 华硕
hp, 惠普
acer, 宏碁
canon, 佳能
nikon, 尼康
panasonic, 松下
philips, 飞利浦
siemens, 西门子
bosch, 博世
haier, 海尔
midea, 美的
gree, 格力
hisense, 海信
fotile, 方太
robam, 老板
dyson, 戴森
nike, 耐克
adidas, 阿迪达斯
puma, 彪马
li-ning, lining, 李宁
anta, 安踏
skechers, 斯凯奇
new balance, 新百伦
uniqlo, 优衣库
semir, 森马
peacebird, 太平鸟
levi's, levis, 李维斯
ikea, 宜家
muji, 无印良品
kuka, 顾家
oppein, 欧派
sogal, 索菲亚
quanu, 全友
l'oreal, loreal, 欧莱雅
lancome, 兰蔻
dior, 迪奥
chanel, 香奈儿
estee lauder, 雅诗兰黛
shiseido, 资生堂
nivea, 妮维雅
olay, 玉兰油
coca-cola, coca cola, coke, 可口可乐
pepsi, 百事
nestle, 雀巢
starbucks, 星巴克
yili, 伊利
mengniu, 蒙牛
master kong, kangshifu, 康师傅
uni-president, 统一
lego, 乐高
nintendo, 任天堂
toyota, 丰田
pixar, 皮克斯
studio ghibli, ghibli, 吉卜力
disney, walt disney, 迪士尼
warner, warner bros, 华纳
marvel, 漫威
universal, 环球
paramount, 派拉蒙
netflix, 网飞, 奈飞
dreamworks, 梦工厂
penguin, 企鹅
microsoft, 微软
google, 谷歌
intel, 英特尔
logitech, 罗技
edifier, 漫步者
ugreen, 绿联
anker, 安克
supor, 苏泊尔
joyoung, 九阳
zwilling, 双立人
toread, 探路者
the north face, north face, 北面
columbia, 哥伦比亚
under armour, 安德玛
converse, 匡威
zara, 飒拉
gucci, 古驰
prada, 普拉达
hermes, 爱马仕
burberry, 巴宝莉
coach, 蔻驰
hla, heilan home, 海澜之家
sk-ii, sk2, 美之匙
kiehl's, kiehls, 科颜氏
clinique, 倩碧
maybelline, 美宝莲
neutrogena, 露得清
johnson & johnson, johnson's, 强生
colgate, 高露洁
gillette, 吉列
pampers, 帮宝适
huggies, 好奇
pechoin, 百雀羚
florasis, 花西子
danone, 达能
heinz, 亨氏
oreo, 奥利奥
lay's, lays, 乐事
ferrero, 费列罗
lipton, 立顿
red bull, 红牛
nongfu spring, 农夫山泉
three squirrels, 三只松鼠
bestore, 良品铺子
royal canin, 皇家
goodbaby, 好孩子
bmw, 宝马
audi, 奥迪
volkswagen, 大众
honda, 本田
nissan, 日产
tesla, 特斯拉
"""
MAKERS: tuple[tuple[str, ...], ...] = tuple(
    tuple(word.strip() for word in line.split(",")) for line in _MAKERS.strip().splitlines()
)

# What catalogues hold, as a part of patterns.
WORKS = (
    r"films?|movies?|books?|songs?|tracks?|albums?|articles?|stories|story|posts?|videos?|episodes?|shows|series"
    r"|podcasts?|courses?|games?|apps?|recipes?|programmes?|programs?|magazines?|flicks?|clips?|papers?|lessons?|tunes?"
    r"|trails?|routes?|paths?|dish(?:es)?|meals?|tours?|classes|rooms?|places|spots"
)
WORKS_CHINESE = "商品|东西|产品|电影|影片|片子|书籍?|歌曲?|视频|文章|新闻|课程|节目|剧集?|游戏"

# Behaviours: what logs call them (beside all other words), and how people say that somebody does or did it.
VERBS = {
    "view": (
        r"view(?:s|ed|ing)?|watch(?:e[sd]|ing)?|s(?:ee|ees|aw|een)|look(?:s|ed|ing)?(?: at)|browse[sd]?|browsing"
        r"|page ?views?|impressions?|pv|checked out|visit(?:s|ed)?|came across|观看|浏览|看过?|查看|瞅过?|逛过?|翻看"
        r"|访问"
    ),
    "click": r"click(?:s|ed|ing)?(?: on)?|tap(?:s|ped)?|点击|点开|点过?|pv",
    "cart": (
        r"(?:add|put)(?:s|ed|ting)?(?: \w+)? ?(?:in|into|to) ?(?:the |her |his |their )?(?:cart|basket|bag)"
        r"|add(?:s|ed)?[ _-]?to[ _-]?(?:the )?carts?|cart (?:additions?|adds?|events?)|cart(?:s|ed|ing)?"
        r"|basket|加购物?车?|加入购物车|加车|(?:放|丢|扔|塞|加)[进到入]购物?车里?|购物车"
    ),
    "favourite": (
        r"(?:wish-?list|favou?rites?) (?:adds?|additions?)"
        r"|fav(?:e[sd]?|s)?|favou?rit(?:e|es|ed|ing)|wish(?:-| )?list(?:s|ed)?|watch-?list(?:s|ed)?"
        r"|bookmark(?:s|ed)?|saved?|收藏|心愿单|愿望单|加星"
    ),
    "purchase": (
        r"buy(?:s|ings?)?|bought|s(?:old|ell)(?= (?:her|him|them)\b)|(?:been )?sold(?: to)?|acquired?|picked up"
        r"|snapped up|own(?:s|ed)|"
        r"purchas(?:e|es|ed|ing)|order(?:s|ed|ing)?|pay(?:s|ing)?(?: for)?|paid(?: for)?"
        r"|checkouts?|transactions?|conversions?|sales?|购买|下单|下过单|购入|成交|付款|支付|入手|拿下|剁手|购置|购得"
        r"|转化|买过?"
        r"|购物"
    ),
    "rating": r"rat(?:e|es|ed|ing|ings)|review(?:s|ed|ing)?|scor(?:e|ed|ing)|评分|打分|评价|[评打][过了]分|评过?",
    "like": r"lov(?:es|ed)|liked|enjoyed|thumbs?[ -]?up|upvote[sd]?|likes?|点赞|赞",
    "listen": r"listen(?:s|ed|ing)?(?: to)?|play(?:s|ed|ing)?|stream(?:s|ed|ing)?|听过?|播放",
    "read": r"read(?:s|ing)?|阅读|读过?|看过?",
    "share": r"shar(?:e|es|ed|ing)|分享|转发",
    "search": r"search(?:es|ed|ing)?(?: for)?|quer(?:y|ies)|搜索|搜过?|查询",
    "skip": r"skip(?:s|ped|ping)?|跳过",
    "follow": r"follow(?:s|ed|ing)?|subscrib(?:e|es|ed|ing)|subscriptions?|关注|订阅",
    "comment": r"comment(?:s|ed|ing)?|repl(?:y|ies|ied)|评论",
    "finish": r"finish(?:es|ed|ing)?|complet(?:e|es|ed|ing)|看完|读完|听完",
    "download": r"download(?:s|ed|ing)?|install(?:s|ed)?|下载|安装",
    "remove": (
        r"(?:cart|basket) removals?|removals?|remov(?:e[sd]?|als?|ing)[ _-]from[ _-](?:the |her |his |their )?(?:cart"
        r"|basket)|移出购物车"
        "|从购物车(?:移除|删除)"
    ),
    "return": r"return(?:s|ed)?|refund(?:s|ed)?|退货|退款|退",
}
DOINGS: dict[str, re.Pattern[str]] = {name: late(rf"(?:{words})") for name, words in VERBS.items()}
# Verbs of a log's own behaviours, each one character of a line (`behaviours`): as such, of the past, of the third
# person or a plural, and with "ing", `OWN_TENSE` of each.
OWN_FIRST, OWN_TENSE = 0xE600, 64
OWN = "[\ue600-\ue6ff]"
OWN_PAST, OWN_PLURAL = "[\ue640-\ue67f]", "[\ue680-\ue6bf]"
VERB = "|".join([*VERBS.values(), OWN])
# The end of a plural: "purchases".
PLURAL = "(?<=[s\ue680-\ue6bf])"
# Where things are put, each of which is a behaviour: "had put it on his wishlist".
PLACED = (
    r"(?:in|into|to|on|onto|among) (?:the |her |his |their |a |my )?(?:shopping |own )?(?:carts?|baskets?|bags?|trolley"
    r"|wish[- ]?list|watch-?list|reading list|favou?rites|bookmarks?|shel(?:f|ves)|library|queue|playlist|collection)"
)
_PLACE = late(r"^(?:in|into|to|on|onto|among) (?:(?:the|her|his|their|a|my|shopping|own) )*")
# How behaviours begin that take back what they end with.
_UNDONE = late(r"(?:un|de|dis|non?|not|never|without|remov\w*|delet\w*|cancel\w*|drop\w*|undo\w*|abandon\w*)[_\s-]")
# What else may be meant where a log does not have the behaviour that was said.
NEAR = {
    "view": ("click", "read", "listen"),
    "click": ("view",),
    "listen": ("view",),
    "read": ("view", "click"),
    "purchase": ("rating",),
    "favourite": ("like",),
    "like": ("favourite",),
}

# Words that say nothing of what is wished for.
_STOP = """
    songs tracks albums articles stories posts videos episodes shows series podcasts courses games apps book books
    song track album article story video episode podcast course game app possible finds find found let a an the and
    or but of for to in on at by with from as is are was be been it its this that these those them they their he she
    his her him hers i me my we us our you your some any all every each both either please pls kindly thanks thank
    also too very really quite so just only even still again now then there here more most much many lot lots bit
    little few something anything things thing stuff item items product products one ones film films movie movies
    programme programmes program programs magazine magazines clip clips lesson lessons tune tunes
    trails routes paths dishes meals tours classes rooms places spots
    flick flicks picks pick title titles list lists recommendation recommendations recommend suggest suggestions
    show give get want wants wanted would like likes need needs looking look could can should will may might must do
    does did done has have had not no nor if what which who when where how why lets id i'd i'm it's she'd he'd
    they'd ok okay hey hi well maybe perhaps prefer preferably rather ideally everything none nothing showed shown
    showing included mostly yes instead kind kinds sort sorts type types genre genres category categories brand
    brands else other others another around comparable similar alternative alternatives about up out than same such
    mood feel feeling options option ideas choose go keep make put being good nice great fine user users customer
    customers shopper viewer person people someone next new best total max maximum min minimum he's she's they're
    there's we'd you'd you're hmm enough wise related themed based style though although however anyway actually
    honestly leave leaves rank order picture pictures shot filmed made released produced published priced costing
    cost costs gear equipment goods selection section department range entries results altogether overall let's
    choice choices moment right away throw bring themselves himself herself itself i've we've she'll he'll they'll
    today tonight soon whatever case entirely completely totally simply basically certainly definitely probably
    already lately recently anymore client clients concentrate gift gifts spend spending pay came come comes seem
    seems recommended favourite favorite apiece happens happen count counts appear appears say said tell told think
    thought besides obviously naturally clearly frankly oh ah wow anyhow tops
"""
STOP = frozenset(_STOP.split())
_STOP_CHINESE = """
    的话 一些 一点 一下 有点 比较 那种 这种 那样 这样 之类 等等 什么 东西 商品 产品 物品 电影 影片 片子 片 剧 类别
    类目 类型 类 品类 品牌 牌子 推荐 推 请 麻烦 帮我 帮忙 给我 给她 给他 我 她 他 你 它 们 想要 想看 想买 想 要 看 买
    来 点 些 的 地 得 了 吧 呢 吗 啊 呀 嘛 哦 和 与 或者 或 跟 以及 还有 还 也 都 就 再 又 更 最好 最 很 太 非常 特别
    能 可以 可 会 希望 找 有 是 在 把 被 让 给 对 但是 但 不过 而且 并且 然后 另外 其他 其它 其余 下一个 下一步 接下来
    能不能 可不可以 是不是 全部 就好 就行 就可以 预测 看看 比重 比例 权重 有哪 超过 以内 任何 所有 这些 那些 一切 几个
    现在 左右 占比 要求 需要 尽量 尽可能 看完 觉得 几样 接下来 接下 那顶 那台 那件 那款 那双 那本 那个 这款 这个 这位
    那位 嫌 倒是 一次 时间 牌 每件 每个 排前面 排在 排前 靠前 前面 都行 排序 一批 同理 里面 里 排出 排 凑够 凑 够 假如
    如果 假设 列表 短 长 几部 几款 份额 数量 列 取 从 他从 这两 那两 统统 一律 通通 一概 全都 出现 显示 相关 方面 装备
    用品 款式 家的 家 些许 麻烦你 咱们 老是 总是 老 一直 其余的 剩下 优先 首选 一 个 种 款 部 件 条 样 这 那 用户 顾客
    客户
"""
STOP_CHINESE = late("|".join(sorted(_STOP_CHINESE.split(), key=len, reverse=True)))
# Words that speak of the list, of what was done or of the asking, and by themselves wish for nothing.
_FRAME = """
    history histories data events event record records log logs ranking rankings rank ranked state states status
    snapshot version view views filter filters filtered filtering limit limits truncate counterfactual hypothetical
    scenario simulate simulation campaign newsletter mailing segment patron patrons buyer subscriber member members
    viewers household account accounts profile profiles analyst audience base based basis use used using range ranges
    value values budget budgets price prices query queries search request requests constraint constraints condition
    conditions setting settings rule rules note notes start starting restrict restricted restricting run rerun update
    refresh rebuild redo regenerate recompute change changes changed adjust adjusted tweak apply applied set sets mode
    question answer idea context case cases test check figure figures per each apiece given regarding concerning
    regards respect terms sake purpose purposes reason reasons month week weeks months days day year years time times
    date dates moment period plz pls ta cheers thx ty hello dear morning afternoon evening team colleague colleagues
    somewhere anywhere stay stays goes going kindly heavily stuff-wise mainly chiefly overall-ish wait hang hold okay
    focus focused focusing centre center hers his theirs mine yours shall ought gonna wanna gotta em 'em fill fills
    rest remaining remainder total-wise size sized length ever never again
    stock display displayed screen page slots slot
    everybody everyone exist exists activity maximal maximally matter matters doesn't don't isn't aren't wasn't won't
    suggestions suggestion took place consider shortened foremost otherwise buys longer shorter um uh er
    erm hm yo lol lowkey asap tbh imo way far first second last balance equal parts even
    what's nope nah nay yep yeah who's how's where's slate lineup line-up shortlist compile
    compiled compose composed build built create created prepare prepared
    tags tag got visible price-wise top since because piece outside lines happened anyone everyone aisle act acts
    behave treat
    wanna upwards sorted
    towards toward
    preferred end ends gets cut course plenty god gosh please feel free whichever
    suitable suited appropriate whole thing release publication ahead
    generate generated produce draw drawn work works working think thinking guess say reckon believe suppose
"""
_USED = """
    watch watched see seen read play played hear heard listen listened try tried own owned bought ordered viewed
"""
FRAMING = frozenset(_FRAME.split())
FRAME = FRAMING | frozenset(_USED.split())  # what is done with items is no wish either
# What is left of Chinese sentences besides wishes: particles, turns of phrase, and words for the list and the history.
_REST_CHINESE = """
    历史 数据 资料 纪录 记录 状况 状态 情况 价位带? 价格带? 价钱 价格区间 区间 预算 大概 大约 就好 就行 就够了? 即可
    排名 结果 筛选 条件 名单 清单 版本 时候 时间点 场景 方案 模拟 假设一下 为准 为主 参考 算进去 算进来 计入 考虑进去
    玩意儿? 里头 里边 当中 之中 专场 全是 一色 一水儿? 整几个 想瞅瞅 瞅瞅 瞧瞧 逛逛 看一看 想逛 没事儿? 没关系 无妨
    不要紧 麻烦 劳驾 谢谢 多谢 辛苦 您好 你好 在吗 那个 这个 媳妇 老婆 老公 老妈 老爸 妈妈 爸爸 孩子 女儿 儿子 闺女
    朋友 同事 领导 客户 用户 顾客 俺 寻思 琢磨 打算 计划 反事实 货 观众 单子 平时 平常 一并 次 考虑 关注 留意 适当
    适度 一起 顺便 顺带 干脆 索性 直接 基本上? 反正 总之 其实 老实说 说实话 话说 对了 好了 行了 得了 算了 罢了 而已
    为止 之类的? 什么的 等等 统一 重新 咱 这边 那边 这里 那里 这次 本次 此次 今天 现在 目前 眼下 当前 最近 近期 先 才
    头 儿 起 过 到 上 下 用 把 让 将 以 向 往 从 对 给 被 替 为 所 之 其 着 么 呗 啦 咯 哈 哎 嗯 唉 喂 您 俺 该 且 若
    才算 作数 算数 有效 出的 接着 既
    尤其是? 特别是 最起码 起码 至少 认 宁愿 真的? 实在 确实 单价 改一下 说真的 那种 宝宝 妈 爸 姐 妹 弟 哥 爷爷 奶奶
    娃 做 榜单 榜 档
    (?:出版|上映|发行|发布|上市|生产)?(?:年份|年代|时间|日期|年月) [这那该][位名][\u3400-\u9fff]{2,3}
    读者 听众 观众 会员 买家 书籍? 课 房 房子 房间 菜 菜品 门 堂 道 本书 歌曲? 节目 视频 文章 课程 游戏 剧集
    最终 终究 顺着 管 算 列表 单调 力度
    打分 优化 这阵子 这段时间 这几天 这会儿 一遍 一回 甚至 的货 说
    讲 反馈 倒是 倒 不妨 封顶 没意思 阵子 则 于 由 等 只 仅 刚 已 每 各 某 本 另 此 前 后 内 外 中 间 整 搞 弄 啥 哪
    带 放 摆 排 挑 选 拿 做 当 成 得 地 没 不 别 无 未 掉 完 够 齐 全 光 单 净 一 两 俩 几 多 少 点 些 块 元 钱
"""
_REST = late(f"(?:{'|'.join([*_REST_CHINESE.split(), *_STOP_CHINESE.split()])})*")
_WORD = late(r"[a-z0-9]+(?:['’\-][a-z0-9]+)*|[\u3400-\u9fff]+")


def content(text: str) -> tuple[str, ...]:
    """The words of a wish that carry meaning; Chinese in one piece without its particles."""
    found: list[str] = []
    for word in _WORD.findall(text.lower()):
        if word[0] >= "\u3400":
            kept = STOP_CHINESE.sub("", word)
            if kept:
                found.append(kept)
        elif word not in STOP and not (len(word) == 1 and word.isalpha()):
            found.append(word)
    return tuple(found)


def wished(text: str) -> bool:
    """Whether words say something that can be wished for, and are not all of the list, the history or the asking."""
    runs = re.findall("[\u3400-\u9fff]+", text)
    english = (word for word in content(text) if word[0] < "\u3400")
    return any(not _REST.fullmatch(run) for run in runs) or any(word not in FRAME for word in english)


def _root(words: str) -> str:
    """Words without the endings of verbs: "removed from cart" is "remove from cart"."""
    return " ".join(re.sub(r"(?:e|ed|es|s|ing)$", "", word) for word in re.split(r"[\s_\-]+", words.lower()))


def behaviour_of(words: str, names: tuple[str, ...]) -> str:
    """The behaviour of a log, among `names`, that words speak of; "" for none of them."""
    said = words.strip().lower()
    if re.fullmatch(f"{OWN}[过了]?", said):
        place = (ord(said[0]) - OWN_FIRST) % OWN_TENSE
        return names[place] if place < len(names) else ""
    said = re.sub("trolley|basket", "cart", _PLACE.sub("", said)) if _PLACE.match(said) else said
    for name in names:
        if _root(said) == _root(name):
            return name
    for name in names:  # "page_view" is a view, and "remove_from_cart" no cart
        if re.search(rf"[_\s-]{re.escape(said)}$", name.lower()) and not _UNDONE.match(name.lower()):
            return name
    kinds = [kind for kind, pattern in DOINGS.items() if pattern.fullmatch(said)]
    for kind in [*kinds, *(near for said_kind in kinds for near in NEAR.get(said_kind, ()))]:
        for name in names:
            if DOINGS[kind].fullmatch(name.lower().replace("_", " ")) or name.lower() == kind:
                return name
    return ""
