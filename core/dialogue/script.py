"""Chinese as other places write it: traditional characters and spoken words as the simplified ones of the rules.

One character stands for one, so that every place in a text stays where it is. The table has the characters that the
rules and the kinds of `lexicon` are made of and their everyday neighbours, and is no converter of all of Chinese.
"""

from __future__ import annotations

_TRADITIONAL = (
    "來個這沒給買賣價錢塊萬類別減點幾還過從後時間記錄數據歷瀏覽購車單評電視機腦書圖館動畫劇愛戰爭紀歡討厭換刪濾隱顯現"
    "應該對與無貴實貨熱門樣種兩雙條總標優級設計備適長輕寵廚護膚運戶裝飾飲糧貓嬰兒嗎麼請謝煩幫將讓當為於開關內國華聯聽"
    "讀寫說話問誰誤錯難體聲頭飛產場專業務員們會見觀賞節慶禮線網絡遊戲藝術學習語醫藥農鄉鎮廠區領導組織賬號碼億餘歲樓層"
    "陸續覺親識論訴訂則剛創劃劑勝勞勢協參卻壓廣廳彈徑復徹戀態慮憶懷擇擊擴擺攝敗敵斷曆東極構樂樹橋檔檢歸殘氣漢潔潛濕溫"
    "滿澤營獎獨獲環異療發盤盡監眾確禍稱窮競筆範簡籃粵緊維編緩縮繼罰罵職聖聰腳臺興舊莊藍蘋處蟲補製複規訊訓許證賓質賽贈"
    "趕跡軍軟轉輪輸辦遠選遺邊郵鄰醜釋針鐵鋼鍋鐘鎖鏡閉閱隊階際隨險雖離雜靈靜頂項順預頻題額顏願顧風養馬驚髮鬧魚鮮鳥麗麵"
    "黃齊齡龍"
)
_SIMPLIFIED = (
    "来个这没给买卖价钱块万类别减点几还过从后时间记录数据历浏览购车单评电视机脑书图馆动画剧爱战争纪欢讨厌换删滤隐显现"
    "应该对与无贵实货热门样种两双条总标优级设计备适长轻宠厨护肤运户装饰饮粮猫婴儿吗么请谢烦帮将让当为于开关内国华联听"
    "读写说话问谁误错难体声头飞产场专业务员们会见观赏节庆礼线网络游戏艺术学习语医药农乡镇厂区领导组织账号码亿余岁楼层"
    "陆续觉亲识论诉订则刚创划剂胜劳势协参却压广厅弹径复彻恋态虑忆怀择击扩摆摄败敌断历东极构乐树桥档检归残气汉洁潜湿温"
    "满泽营奖独获环异疗发盘尽监众确祸称穷竞笔范简篮粤紧维编缓缩继罚骂职圣聪脚台兴旧庄蓝苹处虫补制复规讯训许证宾质赛赠"
    "赶迹军软转轮输办远选遗边邮邻丑释针铁钢锅钟锁镜闭阅队阶际随险虽离杂灵静顶项顺预频题额颜愿顾风养马惊发闹鱼鲜鸟丽面"
    "黄齐龄龙"
)
_SPOKEN, _STANDARD = "嘅唔冇俾畀啲咗佢喺嗰咁哋甭", "的不没给给点了她在那这们别"
# From each character to the one that the rules are written in.
SIMPLER = str.maketrans(_TRADITIONAL + _SPOKEN, _SIMPLIFIED + _STANDARD)

# From each accented letter to the plain one: "Amélie" is "Amelie".
PLAINER = str.maketrans("àáâãäåçèéêëìíîïñòóôõöøùúûüýÿ", "aaaaaaceeeeiiiinoooooouuuuyy")
