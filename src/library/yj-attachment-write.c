/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A message with attachments as a person reads it outside of the app. */
#define G_LOG_DOMAIN "yj-attachment"

#include "yj-attachment.h"

#include <string.h>

/* The most of @c that stand next to each other in @text. */
static guint
count_run (const char *text,
           char        c)
{
  guint most = 0, n = 0;

  for (const char *p = text; *p != '\0'; p++)
    {
      n = *p == c ? n + 1 : 0;
      most = MAX (most, n);
    }
  return most;
}

/* Its name as code and not in bold: no letter of a file's name is a mark there. */
static void
append_name (GString    *target,
             const char *name)
{
  const char *mark = strchr (name, '`') != NULL ? "`` " : "`";
  const char *end = strchr (name, '`') != NULL ? " ``" : "`";

  g_string_append_printf (target, "%s%s%s\n\n", mark, name, end);
}

static void
append_block (GString    *target,
              const char *text)
{
  g_autofree char *fence = g_strnfill (MAX (3, count_run (text, '`') + 1), '`');

  g_string_append_printf (target, "%s\n%s%s%s", fence, text, g_str_has_suffix (text, "\n") ? "" : "\n", fence);
}

/**
 * yj_attachment_dup_readable:
 * @text: the text of a message
 *
 * Returns: (transfer full): the words that were typed as they are, and behind them each attachment as Markdown: its name,
 *   and its text in a block of code
 */
char *
yj_attachment_dup_readable (const char *text)
{
  g_autoptr(GListModel) attachments = yj_attachment_parse (text);
  g_autoptr(GString) readable = g_string_new (yj_attachment_get_body (text));

  for (guint i = 0; i < g_list_model_get_n_items (attachments); i++)
    {
      g_autoptr(YjAttachment) attachment = g_list_model_get_item (attachments, i);

      g_string_append (readable, readable->len > 0 ? "\n\n" : "");
      append_name (readable, yj_attachment_get_name (attachment));
      append_block (readable, yj_attachment_get_text (attachment));
    }
  return g_string_free_and_steal (g_steal_pointer (&readable));
}
