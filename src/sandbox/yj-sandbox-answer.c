/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "yj-sandbox-answer.h"

#include <string.h>

/* The words of the chat. They are part of the pretended platform, in the language of the question, not of the desktop. */

static gboolean
is_cjk (gunichar c)
{
  return (c >= 0x2e80 && c <= 0x9fff) || (c >= 0xac00 && c <= 0xd7a3) || (c >= 0xf900 && c <= 0xfaff) ||
         (c >= 0xff00 && c <= 0xffef) || (c >= 0x20000 && c <= 0x3ffff);
}

static gboolean
has_cjk (const char *text)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    if (is_cjk (g_utf8_get_char (p)))
      return TRUE;

  return FALSE;
}

/**
 * yj_sandbox_token_length:
 * @text: valid UTF-8, not empty
 *
 * Cuts text much as a model's tokens do: one Chinese character, or a space and up to five letters, or one other sign.
 *
 * Returns: the length of the first token in bytes
 */
gsize
yj_sandbox_token_length (const char *text)
{
  const char *p = text;
  guint letters = 0;

  if (*p == ' ')
    p++;
  while (letters < 5 && g_ascii_isalnum (*p))
    {
      p++;
      letters++;
    }
  if (letters == 0 && *p != '\0' && *p != ' ')
    p = g_utf8_next_char (p);

  return p - text;
}

/**
 * yj_sandbox_count_tokens:
 * @text: (nullable): valid UTF-8
 *
 * Returns: the number of tokens in it
 */
guint
yj_sandbox_count_tokens (const char *text)
{
  guint n = 0;

  for (const char *p = text; p != NULL && *p != '\0'; p += yj_sandbox_token_length (p))
    n++;

  return n;
}

static const char markdown_en[] =
  "# A sample of Markdown\n\n"
  "A paragraph with *emphasis*, **strong words**, ~~struck ones~~, `code` and a [link](https://opencomputing.ai).\n\n"
  "## A table\n\n"
  "| Mode | Sends | Gives |\n|:-----|:-----:|------:|\n"
  "| Text to video | a prompt | 5 s |\n| Image to video | one or two pictures | 5 s |\n| References to video | many files | 12 s |\n\n"
  "## Code\n\n"
  "```c\n#include <stdio.h>\n\nint\nmain (void)\n{\n  puts (\"Hello, Yuanjing\");\n  return 0;\n}\n```\n\n"
  "## Mathematics\n\n"
  "Inline $e^{i\\pi} + 1 = 0$, and on its own:\n\n$$\\int_0^1 x^2\\,dx = \\frac{1}{3}$$\n\n"
  "## Lists\n\n"
  "1. First\n2. Second\n   - nested\n   - **nested and strong**\n\n- [x] done\n- [ ] not done\n\n"
  "> A quotation,\n> over two lines.\n\n---\n\n";

static const char markdown_zh[] =
  "# Markdown 示例\n\n"
  "一段文字，有*强调*、**加粗**、~~删除线~~、`代码`和[链接](https://opencomputing.ai)。\n\n"
  "## 表格\n\n"
  "| 方式 | 发送 | 得到 |\n|:-----|:----:|-----:|\n"
  "| 文生视频 | 提示词 | 5 秒 |\n| 图生视频 | 一两张图片 | 5 秒 |\n| 参考生视频 | 多个文件 | 12 秒 |\n\n"
  "## 代码\n\n"
  "```python\ndef greet(name: str) -> str:\n    \"\"\"打招呼\"\"\"\n    return f\"你好，{name}！\"\n\nprint(greet(\"元境\"))\n```\n\n"
  "## 数学\n\n"
  "行内公式 $e^{i\\pi} + 1 = 0$，独立公式：\n\n$$\\int_0^1 x^2\\,dx = \\frac{1}{3}$$\n\n"
  "## 列表\n\n"
  "1. 第一\n2. 第二\n   - 嵌套\n   - **嵌套且加粗**\n\n- [x] 完成\n- [ ] 未完成\n\n"
  "> 一段引文，\n> 分两行。\n\n---\n\n";

static const char * const filler_zh[] = {
  "沙盒在本机运行，不连接任何模型。", "每个字都是程序写好的。", "这里可以试用界面、流式输出和视频生成的全部流程。",
  "生成的视频由本机渲染，并标有“SANDBOX”字样。", "填入 API KEY 之后，回答才来自真正的模型。",
};
static const char * const filler_en[] = {
  " The sandbox runs on this computer and asks no model.", " Every word here was written by a program.",
  " You can try the window, the stream and the whole way of a video.",
  " Videos are rendered on this computer and carry the word SANDBOX.",
  " With an API key the answers come from real models.",
};

static gboolean
asks (const char         *prompt,
      const char * const *words)
{
  g_autofree char *lower = g_utf8_strdown (prompt, -1);

  for (guint i = 0; words[i] != NULL; i++)
    if (strstr (lower, words[i]) != NULL)
      return TRUE;

  return FALSE;
}
#define ASKS(prompt, ...) asks (prompt, (const char * const []) { __VA_ARGS__, NULL })

/* About so many tokens in numbered paragraphs. */
static void
append_long (GString  *text,
             guint     tokens,
             gboolean  chinese)
{
  guint have = yj_sandbox_count_tokens (text->str);

  for (guint i = 0; have < tokens; i++)
    {
      gsize start = text->len;

      if (i % 5 == 0)
        g_string_append_printf (text, chinese ? "\n\n%u. " : "\n\n%u.", i / 5 + 1);
      g_string_append (text, chinese ? filler_zh[i % G_N_ELEMENTS (filler_zh)] : filler_en[i % G_N_ELEMENTS (filler_en)]);
      for (const char *p = text->str + start; *p != '\0'; p += yj_sandbox_token_length (p))
        if (++have == tokens)
          {
            g_string_truncate (text, p + yj_sandbox_token_length (p) - text->str);
            return;
          }
    }
}

/* @text in one line, not too long to be quoted. */
static char *
dup_quote (const char *text)
{
  g_autofree char *start = g_utf8_strlen (text, -1) <= 60 ? g_strdup (text) : g_utf8_substring (text, 0, 60);
  const char *more = strlen (start) < strlen (text) ? "…" : "";

  return g_strconcat (g_strdelimit (start, "\n", ' '), more, NULL);
}

/* What only somebody knows who was told. */
static void
append_remembered (GString                 *text,
                   const YjSandboxQuestion *question,
                   gboolean                 chinese)
{
  g_autofree char *first = dup_quote (question->first);
  g_autofree char *before = dup_quote (question->before);

  g_string_append_printf (text, chinese ? "你最先问的是「%s」。" : " The first thing you asked was “%s”.", first);
  if (question->first != question->before)
    g_string_append_printf (text, chinese ? "刚才问的是「%s」。" : " Just before you asked “%s”.", before);
}

static void
append_echo (GString                 *text,
             const YjSandboxQuestion *question,
             gboolean                 chinese)
{
  g_autofree char *prompt = g_utf8_strlen (question->prompt, -1) <= 500 ? g_strdup (question->prompt) :
                            g_utf8_substring (question->prompt, 0, 500);
  const char *more = strlen (prompt) < strlen (question->prompt) ? "…" : "";

  g_string_append_printf (text, chinese ? "你说的是：「%s%s」。" : "You wrote: “%s%s”.", prompt, more);
  if (question->system_prompt != NULL && *question->system_prompt != '\0')
    g_string_append_printf (text, chinese ? "系统提示是：「%s」。" : " The system prompt says: “%s”.", question->system_prompt);
  if (question->earlier > 0)
    g_string_append_printf (text, chinese ? "在此之前，这次对话已有 %u 条消息。" : " This conversation had %u messages before.",
                            question->earlier);
  if (question->before != NULL)
    append_remembered (text, question, chinese);
}

/* Goes on in the middle of what was said last, as a model does that is asked to. */
static gboolean
append_rest (GString                 *text,
             const YjSandboxQuestion *question)
{
  gboolean chinese;

  if (question->cut == NULL || (strstr (question->prompt, "接着写") == NULL && !ASKS (question->prompt, "go on exactly")))
    return FALSE;
  chinese = has_cjk (question->cut);
  g_string_append_printf (text, chinese ? "……接着前面的 %ld 个字往下写。" : " … and on after the first %ld characters.",
                          g_utf8_strlen (question->cut, -1));
  return TRUE;
}

/* Who asks for a better prompt gets the same one, with a few words that anybody could add. */
static gboolean
append_improved (GString                 *text,
                 const YjSandboxQuestion *question,
                 gboolean                 chinese)
{
  const char *system_prompt = question->system_prompt;

  if (system_prompt == NULL ||
      (strstr (system_prompt, "You rewrite prompts for a video model") == NULL && strstr (system_prompt, "为视频生成模型改写提示词") == NULL))
    return FALSE;
  g_string_append (text, question->prompt);
  g_string_append (text, chinese ? "，镜头缓慢推近，光线柔和（沙盒示例，没有人工智能）"
                                 : ", the camera slowly moves closer, in soft light (sample of the sandbox, no AI)");
  return TRUE;
}

/**
 * yj_sandbox_answer:
 * @question: what is asked
 * @reasoning: (out) (nullable) (transfer full): what is thought aloud first
 *
 * Says in the language of the question that this is no AI, repeats what it was asked, and knows a few words:
 * who are you, markdown, `long N`, think.
 *
 * Returns: (transfer full): the answer
 */
char *
yj_sandbox_answer (const YjSandboxQuestion  *question,
                   char                    **reasoning)
{
  g_autoptr(GRegex) many = g_regex_new ("\\b(?:long|长文)\\s*(\\d{1,6})", G_REGEX_CASELESS, 0, NULL);
  g_autoptr(GMatchInfo) match = NULL;
  const char *prompt = question->prompt;
  gboolean chinese = has_cjk (prompt);
  GString *text = g_string_new (NULL);

  *reasoning = NULL;
  if (append_rest (text, question) || append_improved (text, question, chinese))
    return g_string_free_and_steal (text);
  if (ASKS (prompt, "think", "思考", "想一想"))
    *reasoning = g_strdup (chinese ? "用户要我先思考。其实沙盒不会思考：这一段是事先写好的，用来演示思考过程怎样显示。好，现在回答。" :
                           "The user asks me to think. In truth the sandbox does not think: this was written beforehand, to show "
                           "what thinking aloud looks like. Now the answer.");

  if (ASKS (prompt, "markdown"))
    g_string_append (text, chinese ? markdown_zh : markdown_en);
  if (ASKS (prompt, "你是谁", "你叫什么", "who are you", "what are you"))
    g_string_append (text, chinese ? "我是元境的**本地沙盒**，不是人工智能。我在你自己的电脑上运行，按平台的接口说话，让你不用账号也能试用元境。" :
                     "I am the **local sandbox** of Yuanjing, and no AI. I run on your own computer and speak the platform's "
                     "language, so that Yuanjing can be tried without an account. ");
  else
    g_string_append (text, chinese ? "这里是元境的**本地沙盒**，没有人工智能，所以我不能真正回答。" :
                     "This is the **local sandbox** of Yuanjing. There is no AI here, so I cannot really answer. ");
  append_echo (text, question, chinese);
  if (g_regex_match (many, prompt, 0, &match))
    {
      g_autofree char *number = g_match_info_fetch (match, 1);

      append_long (text, g_ascii_strtoull (number, NULL, 10), chinese);
    }
  else
    g_string_append (text, chinese ? "\n\n可以试试：`markdown`、`long 500`、`think`；或者到“创作”里生成一段视频。" :
                     "\n\nTry `markdown`, `long 500` or `think`, or make a video under Create.");

  return g_string_free_and_steal (text);
}
