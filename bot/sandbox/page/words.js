/** Every word of the page itself, in both languages; what the bot says comes from the server. */

const ZH = {
  title: "领题 · 沙盒",
  brand: "领题",
  sandbox: "沙盒",
  invented: "人物与数据均为虚构",
  skip: "跳到对话",
  language: "English",
  languageLabel: "Switch to English",
  seats: "席位",
  unread: (n) => `${n} 条未读`,
  clock: "时钟",
  plusHour: "+1 小时",
  nextWorkday: "下一工作日",
  plusDay: "+1 天",
  plusWeek: "+1 周",
  moveTo: "拨到…",
  moveToTime: "拨到这一刻",
  move: "拨动",
  moving: "正在走到…",
  moved: (when, n) => `已到 ${when}` + (n ? `，其间送达 ${n} 条` : "，其间无事"),
  ladder: "阶梯动态",
  ladderShort: "阶梯",
  ladderHint: "何时、催谁、凭哪一级",
  ladderEmpty: "时钟一动，这里逐条写明：何时、提醒谁、凭哪一级。",
  ladderFold: "收起或展开阶梯动态",
  close: "关闭",
  conversation: "对话",
  chooseSeat: "一个人，演全部席位",
  sitDown: (title) => `坐到“${title}”`,
  send: "发送",
  sending: "发送中",
  retry: "重试",
  discard: "不发了",
  attach: "添加照片或文件",
  commands: "命令",
  noCommand: "没有这样的命令",
  write: "写消息，/ 查看命令",
  writeLabel: "写消息。回车发送，Shift 加回车换行",
  reply: "回复",
  replyingTo: "回复",
  cancelReply: "不回复这条",
  remove: (name) => `去掉 ${name}`,
  asFiles: "照片按原文件发送",
  drop: "松开，添加到这条消息",
  edited: "已改",
  me: "我",
  bot: "领题",
  photo: "照片",
  gone: "原消息不在了",
  newDivider: "以下为新消息",
  newMessages: (n) => `${n} 条新消息`,
  toBottom: "回到最新",
  says: (who, text) => `${who}：${text}`,
  ok: "知道了",
  emptySeat: "这里还没有消息。可以这样开始：",
  reconnecting: "与沙盒断开了，正在重连…",
  noAnswer: "机器人还没有应答，过一会儿再看。",
  rooms: "会话",
  board: "网页看板",
  private: "单聊",
  joined: (names) => `${names} 加入了群`,
  left: (name) => `${name} 离开了群`,
  migrated: "群已升级为超级群",
  errorNetwork: "连不上沙盒：命令行里的 lingti sandbox 还在运行吗？",
  errorServer: "沙盒自己出了错，详情见命令行窗口。",
  errorRefused: (why) => `沙盒没有接受：${why}`,
  playStart: ["开始", "机器人还不认识这个席位，先打个招呼：", "/start"],
  playIssue: ["点题", "坐到“党办”的席位，发一句：", "点题 完善因公出国内控制度 @外事副院长 目标 闭环管理 11月30日前"],
  playClaim: ["领题", "换到领题人的席位，点“领题”；此后直接回复那张卡片，就是报进展，照片、文件都行。", ""],
  playClock: ["拨钟", "拨动上方时钟。临期提醒、逾期升级逐条送达，“阶梯动态”写明凭哪一级。", ""],
};

const EN = {
  title: "Lingti · Sandbox",
  brand: "领题",
  sandbox: "Sandbox",
  invented: "invented people and data",
  skip: "Skip to the conversation",
  language: "中文",
  languageLabel: "切换为中文",
  seats: "Seats",
  unread: (n) => `${n} unread`,
  clock: "Clock",
  plusHour: "+1 hour",
  nextWorkday: "Next workday",
  plusDay: "+1 day",
  plusWeek: "+1 week",
  moveTo: "To…",
  moveToTime: "Move the clock to",
  move: "Move",
  moving: "On the way…",
  moved: (when, n) => `It is now ${when}` + (n ? `; ${n} delivered on the way` : "; nothing was due"),
  ladder: "The ladder",
  ladderShort: "Ladder",
  ladderHint: "when, whom, and by which step",
  ladderEmpty: "Move the clock: each line here says when, who was reminded, and by which step.",
  ladderFold: "Fold or unfold the ladder",
  close: "Close",
  conversation: "Conversation",
  chooseSeat: "One person plays every seat",
  sitDown: (title) => `Take the seat “${title}”`,
  send: "Send",
  sending: "Sending",
  retry: "Try again",
  discard: "Discard",
  attach: "Add photos or files",
  commands: "Commands",
  noCommand: "No such command",
  write: "Write, or / for commands",
  writeLabel: "Write a message. Enter sends, Shift and Enter starts a new line",
  reply: "Reply",
  replyingTo: "Replying to",
  cancelReply: "Do not reply to this",
  remove: (name) => `Remove ${name}`,
  asFiles: "Send photos as files",
  drop: "Let go to add to this message",
  edited: "edited",
  me: "Me",
  bot: "Lingti",
  photo: "Photo",
  gone: "The original is gone",
  newDivider: "New messages",
  newMessages: (n) => (n === 1 ? "1 new message" : `${n} new messages`),
  toBottom: "To the latest",
  says: (who, text) => `${who}: ${text}`,
  ok: "OK",
  emptySeat: "Nothing here yet. You could begin like this:",
  reconnecting: "Lost the sandbox; reconnecting…",
  noAnswer: "The bot has not answered yet; look again in a while.",
  rooms: "Rooms",
  board: "Web board",
  private: "Private",
  joined: (names) => `${names} joined`,
  left: (name) => `${name} left`,
  migrated: "The group became a supergroup",
  errorNetwork: "The sandbox does not answer. Is lingti sandbox still running?",
  errorServer: "The sandbox itself failed; its terminal window says why.",
  errorRefused: (why) => `The sandbox refused: ${why}`,
  playStart: ["Begin", "The bot does not know this seat yet; say hello first:", "/start"],
  playIssue: ["Set a topic", "Take the seat of the party office (党办) and send:", "点题 完善因公出国内控制度 @外事副院长 目标 闭环管理 11月30日前"],
  playClaim: ["Claim it", "Switch to the leader named and press 领题. From then on, replying to that card is a progress report; photos and files count.", ""],
  playClock: ["Move the clock", "Reminders and escalations arrive one by one; the ladder list says by which step.", ""],
};

/** The server's refusals in Chinese, by its code or its sentence; in English its sentence stands. */
const REFUSALS = {
  clock_backwards: "时钟只能往前拨。",
  bad_clock: "看不懂这个时间。",
  empty_text: "消息里没有内容。",
  too_large: "文件太大，沙盒一次最多收 60 MB。",
  unknown_message: "这条消息已经不在了。",
  unknown_button: "这张卡片已经变了，请看最新的一张。",
  unknown_person: "没有这个席位，请刷新页面。",
  unknown_chat: "没有这个群，请刷新页面。",
  foreign_origin: "只有沙盒自己的页面可以这样做。",
  "Message is too long.": "消息太长，最多 4096 字。",
  "Caption is too long.": "说明太长，最多 1024 字。",
};

const ROLES = {
  CHIEF: ["主要领导", "Chief"],
  OFFICE: ["办公室", "Office"],
  LEADER: ["分管领导", "Leader"],
  UNIT_HEAD: ["部门负责人", "Unit head"],
  LIAISON: ["联络员", "Liaison"],
  DISCIPLINE_SECRETARY: ["纪委书记", "Discipline secretary"],
  DISCIPLINE_STAFF: ["纪委人员", "Discipline staff"],
  COMMITTEE_MEMBER: ["党委委员", "Committee member"],
  ADMIN: ["系统管理", "Administrator"],
};

const KEY = "lingti.language";
let language = localStorage.getItem(KEY) === "en" ? "en" : "zh";

/** "zh" or "en". */
export const spoken = () => language;

/** The words for `key`; phrases with a number or a name in them take it as argument. */
export function say(key, ...values) {
  const words = (language === "en" ? EN : ZH)[key];
  return typeof words === "function" ? words(...values) : words;
}

/** What the server refused, in the reader's language where the page knows how. */
export function refusal(code, sentence) {
  if (language === "en") return sentence;
  return REFUSALS[code] ?? REFUSALS[sentence] ?? say("errorRefused", sentence);
}

/** A role's label; one the page does not know is shown as it came. */
function roleLabel(role) {
  const labels = ROLES[role.toUpperCase()];
  return labels ? labels[language === "en" ? 1 : 0] : role;
}

/** What a seat is, beside its title: nothing when the title says it all. */
export function rolesOf(seat) {
  const labels = seat.roles.map(roleLabel);
  return labels.length > 1 || labels[0] !== seat.title ? labels.join(" · ") : "";
}

/** Put the words into the fixed parts of the page: `data-say` is text, `data-label` a name for what has none. */
export function fillWords() {
  document.documentElement.lang = language === "en" ? "en" : "zh-CN";
  document.title = say("title");
  for (const node of document.querySelectorAll("[data-say]")) node.textContent = say(node.dataset.say);
  for (const node of document.querySelectorAll("[data-hint]")) node.placeholder = say(node.dataset.hint);
  for (const node of document.querySelectorAll("[data-label]")) {
    node.setAttribute("aria-label", say(node.dataset.label));
    if (node.matches("button")) node.title = say(node.dataset.label);
  }
}

/** The other language from now on, and on the next visit. */
export function switchLanguage() {
  language = language === "en" ? "zh" : "en";
  localStorage.setItem(KEY, language);
  fillWords();
}
