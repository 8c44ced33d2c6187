/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-export"

#include <string.h>

#include "yj-attachment.h"
#include "yj-export-json.h"
#include "yj-html.h"

static gboolean
is_unfinished (const YjMessageRow *message)
{
  return message->role == YJ_MESSAGE_ASSISTANT && message->state != YJ_MESSAGE_COMPLETE;
}

static const char *
get_title (const YjExportStyle     *style,
           const YjConversationRow *conversation)
{
  return conversation->title != NULL && *conversation->title != '\0' ? conversation->title : style->untitled;
}

static char *
dup_local_time (gint64 time)
{
  g_autoptr(GDateTime) date = g_date_time_new_from_unix_local_usec (time);

  return g_date_time_format (date, "%Y-%m-%d %H:%M");
}

/* ---------------------------------------------------------------- Markdown */

static void
append_quoted (GString    *target,
               const char *text)
{
  g_auto(GStrv) lines = g_strsplit (text, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    g_string_append_printf (target, *lines[i] != '\0' ? "> %s\n" : ">%s\n", lines[i]);
}

static void
markdown_head (const YjExportStyle     *style,
               const YjConversationRow *conversation,
               GString                 *target)
{
  g_autofree char *title = g_strdelimit (g_strdup (get_title (style, conversation)), "\r\n", ' ');

  g_string_append_printf (target, "# %s\n", title);
  if (conversation->system_prompt == NULL || *conversation->system_prompt == '\0')
    return;
  g_string_append_printf (target, "\n> **%s**\n>\n", style->system_prompt);
  append_quoted (target, conversation->system_prompt);
}

static void
markdown_message (const YjExportStyle *style,
                  const YjMessageRow  *message,
                  GString             *target)
{
  g_autofree char *time = dup_local_time (message->created);
  gboolean question = message->role == YJ_MESSAGE_USER;
  g_autofree char *readable = question ? yj_attachment_dup_readable (message->text->str) : NULL;
  const char *text = question ? readable : message->text->str;

  g_string_append_printf (target, "\n## %s · %s", question ? style->question : style->answer, time);
  if (!question && message->model != NULL)
    {
      g_autofree char *model = g_strdelimit (g_strdup (message->model), "\r\n", ' ');

      g_string_append_printf (target, " · %s", model);
    }
  g_string_append (target, "\n\n");
  if (message->reasoning->len > 0)
    {
      g_string_append_printf (target, "> **%s**\n>\n", style->thoughts);
      append_quoted (target, message->reasoning->str);
      g_string_append_c (target, '\n');
    }
  g_string_append (target, text);
  if (!g_str_has_suffix (text, "\n"))
    g_string_append_c (target, '\n');
  if (is_unfinished (message))
    g_string_append_printf (target, "\n*%s*\n", style->unfinished);
}

/* ---------------------------------------------------------------- HTML */

static const char style_sheet[] =
  ":root{color-scheme:light dark}"
  "body{margin:0;font:16px/1.65 system-ui,\"Noto Sans CJK SC\",\"Noto Sans SC\",\"PingFang SC\",\"Microsoft YaHei\",sans-serif;"
  "background:#fff;color:#1d1d20;overflow-wrap:break-word}"
  "main{max-width:46em;margin:0 auto;padding:2em 1.2em 4em}"
  "h1{font-size:1.6em;line-height:1.3}h2{font-size:1.3em}h3{font-size:1.15em}h4,h5,h6{font-size:1em}"
  "section{margin:2em 0}"
  "section>header{font-size:.8em;opacity:.65;margin-bottom:.4em;break-after:avoid}"
  ".question>.text{white-space:pre-wrap;background:#3584e41f;border-radius:12px;padding:.6em .9em}"
  ".system>.text{white-space:pre-wrap;border-left:3px solid #8886;padding-left:.9em}"
  "details{border-left:3px solid #8886;padding-left:.9em;margin:.6em 0;opacity:.8}summary{cursor:pointer}"
  "pre{background:#8881;border-radius:8px;padding:.7em .9em;overflow-x:auto;line-height:1.5}"
  "code{font-family:\"Source Code Pro\",\"DejaVu Sans Mono\",Menlo,Consolas,\"Noto Sans Mono CJK SC\",monospace;font-size:.9em}"
  ":not(pre)>code{background:#8882;border-radius:4px;padding:.1em .3em}"
  "blockquote{margin:.8em 0;border-left:3px solid #8886;padding-left:.9em}"
  "table{border-collapse:collapse;display:block;overflow-x:auto;max-width:100%}th,td{border:1px solid #8885;padding:.35em .7em}"
  "a{color:#1a6fd4}hr{border:0;border-top:1px solid #8885}li>p{margin:.3em 0}"
  ".unfinished{font-style:italic;opacity:.7}"
  "@media(prefers-color-scheme:dark){body{background:#1d1d20;color:#f2f2f2}a{color:#78aeed}}"
  "@media print{:root{color-scheme:light}body{background:none;color:#000;font-size:11pt}main{max-width:none;padding:0}"
  "pre{white-space:pre-wrap;overflow:visible}table{display:table;overflow:visible}"
  "tr,pre{break-inside:avoid-page}a{color:inherit}}";

/* Which shapes ideographs are to have, in a document whose own language may be another. */
static const char *
get_lang (const char *text)
{
  gboolean han = FALSE;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c < 0x2e80)
        continue;
      switch ((int) g_unichar_get_script (c))
        {
        case G_UNICODE_SCRIPT_HAN:
          han = TRUE;
          break;
        case G_UNICODE_SCRIPT_HIRAGANA:
        case G_UNICODE_SCRIPT_KATAKANA:
          return " lang=\"ja\"";
        case G_UNICODE_SCRIPT_HANGUL:
          return " lang=\"ko\"";
        default:
          break;
        }
    }
  return han ? " lang=\"zh-CN\"" : "";
}

static void
append_plain (GString    *target,
              const char *text)
{
  g_string_append_printf (target, "<div class=\"text\"%s>", get_lang (text));
  yj_html_append (target, text, -1, FALSE);
  g_string_append (target, "</div>\n");
}

/* The words, and each attachment to be unfolded below them. */
static void
append_question (GString    *target,
                 const char *text)
{
  g_autoptr(GListModel) attachments = yj_attachment_parse (text);
  const char *body = yj_attachment_get_body (text);

  if (body == text || *body != '\0')
    append_plain (target, body);
  for (guint i = 0; i < g_list_model_get_n_items (attachments); i++)
    {
      g_autoptr(YjAttachment) attachment = g_list_model_get_item (attachments, i);
      const char *its_text = yj_attachment_get_text (attachment);

      g_string_append (target, "<details><summary>");
      yj_html_append (target, yj_attachment_get_name (attachment), -1, FALSE);
      /* The first line end behind the mark is none of the text. */
      g_string_append_printf (target, "</summary>\n<pre%s>\n", get_lang (its_text));
      yj_html_append (target, its_text, -1, FALSE);
      g_string_append (target, "</pre>\n</details>\n");
    }
}

static void
html_head (const YjExportStyle     *style,
           const YjConversationRow *conversation,
           GString                 *target)
{
  const char *title = get_title (style, conversation);

  g_string_append_printf (target, "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n"
                          "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
                          "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>", style->language);
  yj_html_append (target, title, -1, FALSE);
  g_string_append_printf (target, "</title>\n<style>%s</style>\n</head>\n<body>\n<main>\n<h1%s>", style_sheet, get_lang (title));
  yj_html_append (target, title, -1, FALSE);
  g_string_append (target, "</h1>\n");
  if (conversation->system_prompt == NULL || *conversation->system_prompt == '\0')
    return;
  g_string_append_printf (target, "<section class=\"system\">\n<header>%s</header>\n", style->system_prompt);
  append_plain (target, conversation->system_prompt);
  g_string_append (target, "</section>\n");
}

static void
html_message (const YjExportStyle *style,
              const YjMessageRow  *message,
              GString             *target)
{
  g_autofree char *time = dup_local_time (message->created);
  g_autofree char *exact = yj_export_dup_time (message->created);
  gboolean question = message->role == YJ_MESSAGE_USER;

  g_string_append_printf (target, "<section class=\"%s\">\n<header>%s · <time datetime=\"%s\">%s</time>",
                          question ? "question" : "answer", question ? style->question : style->answer, exact, time);
  if (!question && message->model != NULL)
    {
      g_string_append (target, " · ");
      yj_html_append (target, message->model, -1, FALSE);
    }
  g_string_append (target, "</header>\n");
  if (message->reasoning->len > 0)
    {
      g_string_append_printf (target, "<details%s><summary>%s</summary>\n", get_lang (message->reasoning->str), style->thoughts);
      style->render (message->reasoning->str, target);
      g_string_append (target, "</details>\n");
    }
  if (question)
    append_question (target, message->text->str);
  else
    {
      g_string_append_printf (target, "<div%s>\n", get_lang (message->text->str));
      style->render (message->text->str, target);
      g_string_append (target, "</div>\n");
    }
  if (is_unfinished (message))
    g_string_append_printf (target, "<p class=\"unfinished\">%s</p>\n", style->unfinished);
  g_string_append (target, "</section>\n");
}

/* ---------------------------------------------------------------- all of them */

void
yj_export_head (YjExportFormat           format,
                const YjExportStyle     *style,
                const YjConversationRow *conversation,
                GString                 *target)
{
  switch (format)
    {
    case YJ_EXPORT_MARKDOWN:
      markdown_head (style, conversation, target);
      break;
    case YJ_EXPORT_HTML:
      html_head (style, conversation, target);
      break;
    case YJ_EXPORT_JSON:
      yj_export_json_head (conversation, target);
      break;
    }
}

void
yj_export_message (YjExportFormat       format,
                   const YjExportStyle *style,
                   const YjMessageRow  *message,
                   gboolean             first,
                   GString             *target)
{
  switch (format)
    {
    case YJ_EXPORT_MARKDOWN:
      markdown_message (style, message, target);
      break;
    case YJ_EXPORT_HTML:
      html_message (style, message, target);
      break;
    case YJ_EXPORT_JSON:
      yj_export_json_message (message, first, target);
      break;
    }
}

void
yj_export_tail (YjExportFormat  format,
                GString        *target)
{
  if (format == YJ_EXPORT_HTML)
    g_string_append (target, "</main>\n</body>\n</html>\n");
  else if (format == YJ_EXPORT_JSON)
    g_string_append (target, "\n]}\n");
}
