/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-find"

#include "yj-find.h"

#include <string.h>

#include "yj-attachment.h"
#include "yj-block-range.h"
#include "yj-markdown.h"
#include "yj-match.h"
#include "yj-text.h"

/* Words in the messages of a conversation as they are shown, whether they have widgets or not: on a thread of its own,
 * the texts are read as the window reads them, so that what is counted is what can be seen. */

typedef struct
{
  YjFound   *found;
  GPtrArray *texts;             /* of each message, as it was at the beginning */
  YjMatch   *match;
} Work;

void
yj_found_free (YjFound *self)
{
  g_ptr_array_unref (self->messages);
  g_array_unref (self->hits);
  g_free (self);
}

static void
work_free (Work *work)
{
  g_clear_pointer (&work->found, yj_found_free);
  g_ptr_array_unref (work->texts);
  g_clear_pointer (&work->match, yj_match_free);
  g_free (work);
}

static void
add_hits (Work  *work,
          guint  position,
          guint  row,
          guint *nth,
          const char *text)
{
  guint n = yj_match_count (work->match, text);

  for (guint i = 0; i < n; i++)
    {
      YjFindHit hit = { work->found->messages->pdata[position], position, row, (*nth)++ };

      g_array_append_val (work->found->hits, hit);
    }
}

/* A block is a row, and so is each item of a list that is not in another block: see yj-block-column.c. */
static void
look_into_row (Work      *work,
               guint      position,
               guint      row,
               YjBlock   *block)
{
  g_autoptr(GPtrArray) blocks = g_ptr_array_new ();
  g_autoptr(GPtrArray) leaves = g_ptr_array_new ();
  guint nth = 0;

  g_ptr_array_add (blocks, block);
  yj_blocks_collect_leaves (blocks, leaves);
  for (guint i = 0; i < leaves->len; i++)
    {
      const YjBlock *leaf = leaves->pdata[i];

      if (leaf->text != NULL && leaf->kind != YJ_BLOCK_MATH)
        add_hits (work, position, row, &nth, leaf->text);
    }
}

static void
look_into_answer (Work       *work,
                  guint       position,
                  const char *text)
{
  g_autoptr(YjMarkdown) document = yj_markdown_new ();
  GPtrArray *blocks;
  guint row = 0;

  yj_markdown_set_text (document, text, TRUE);
  blocks = yj_markdown_get_blocks (document);
  for (guint i = 0; i < blocks->len; i++)
    {
      YjBlock *block = blocks->pdata[i];

      if (block->kind != YJ_BLOCK_LIST)
        look_into_row (work, position, row++, block);
      for (guint j = 0; block->kind == YJ_BLOCK_LIST && block->children != NULL && j < block->children->len; j++)
        look_into_row (work, position, row++, block->children->pdata[j]);
    }
}

static void
look_into (Work  *work,
           guint  position)
{
  const char *text = work->texts->pdata[position];
  g_autoptr(GString) shown = NULL;
  guint nth = 0;

  if (!yj_match_may_be (work->match, text))
    return;
  if (yj_message_get_role (work->found->messages->pdata[position]) != YJ_MESSAGE_USER)
    {
      look_into_answer (work, position, text);
      return;
    }
  /* Of what is attached, nothing but the name is in sight. */
  text = yj_attachment_get_body (text);
  shown = g_string_new (NULL);
  yj_text_neutralise (shown, text, strlen (text), TRUE);
  add_hits (work, position, 0, &nth, shown->str);
}

static void
find_thread (GTask        *task,
             gpointer      source_object,
             gpointer      task_data,
             GCancellable *cancellable)
{
  Work *work = task_data;

  for (guint i = 0; i < work->texts->len && work->match != NULL; i++)
    {
      if (g_task_return_error_if_cancelled (task))
        return;
      look_into (work, i);
    }
  g_task_return_pointer (task, g_steal_pointer (&work->found), (GDestroyNotify) yj_found_free);
}

/**
 * yj_find_async:
 * @messages: a list of [class@Yj.Message]
 * @words: what to look for, as it stands
 * @cancellable: (nullable): a cancellable
 * @callback: (scope async) (closure user_data): called when done
 * @user_data: data for @callback
 *
 * Looks for @words in all messages, in any letter case. Formulas on their own are not looked into: what is shown of them is
 * no text.
 */
void
yj_find_async (GListModel          *messages,
               const char          *words,
               GCancellable        *cancellable,
               GAsyncReadyCallback  callback,
               gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Work *work = g_new0 (Work, 1);
  guint n = g_list_model_get_n_items (messages);

  g_task_set_source_tag (task, yj_find_async);
  work->found = g_new0 (YjFound, 1);
  work->found->messages = g_ptr_array_new_full (n, g_object_unref);
  work->found->hits = g_array_new (FALSE, FALSE, sizeof (YjFindHit));
  work->texts = g_ptr_array_new_full (n, g_free);
  work->match = yj_match_new (words);
  for (guint i = 0; i < n; i++)
    {
      YjMessage *message = g_list_model_get_item (messages, i);

      g_ptr_array_add (work->found->messages, message);
      g_ptr_array_add (work->texts, g_strdup (yj_message_get_text (message)));
    }
  g_task_set_task_data (task, work, (GDestroyNotify) work_free);
  g_task_run_in_thread (task, find_thread);
}

/**
 * yj_find_finish:
 * @result: what the callback was given
 * @error: return location
 *
 * Returns: (transfer full): what was found; %NULL when it was cancelled
 */
YjFound *
yj_find_finish (GAsyncResult  *result,
                GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
