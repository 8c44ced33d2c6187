/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-prompt-history"

#include "yj-prompt-history.h"

/* What was asked before, to be gone through as in a shell: place 0 is what was being written, place 1 the last question,
 * and so on. What is changed at a place is found there again until the going through ends. */
struct _YjPromptHistory
{
  GObject    parent_instance;
  GPtrArray *texts;
  guint      place;
};

G_DEFINE_FINAL_TYPE (YjPromptHistory, yj_prompt_history, G_TYPE_OBJECT)

static void
yj_prompt_history_finalize (GObject *object)
{
  g_ptr_array_unref (YJ_PROMPT_HISTORY (object)->texts);

  G_OBJECT_CLASS (yj_prompt_history_parent_class)->finalize (object);
}

static void
yj_prompt_history_class_init (YjPromptHistoryClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = yj_prompt_history_finalize;
}

static void
yj_prompt_history_init (YjPromptHistory *self)
{
  self->texts = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (self->texts, g_strdup (""));
}

/**
 * yj_prompt_history_new:
 * @entries: what was asked, the last one first
 *
 * Returns: (transfer full): a history that stands before all of them
 */
YjPromptHistory *
yj_prompt_history_new (GStrv entries)
{
  YjPromptHistory *self = g_object_new (YJ_TYPE_PROMPT_HISTORY, NULL);

  for (guint i = 0; entries[i] != NULL; i++)
    g_ptr_array_add (self->texts, g_strdup (entries[i]));
  return self;
}

/**
 * yj_prompt_history_is_begun:
 * @self: a history
 *
 * Returns: whether something of before stands in the box
 */
gboolean
yj_prompt_history_is_begun (YjPromptHistory *self)
{
  g_return_val_if_fail (YJ_IS_PROMPT_HISTORY (self), FALSE);

  return self->place > 0;
}

/**
 * yj_prompt_history_step:
 * @self: a history
 * @by: 1: to what was asked before that; -1: back
 * @text: what stands in the box now, kept at the place that is left
 *
 * Returns: (nullable): what is to stand there; %NULL at either end
 */
const char *
yj_prompt_history_step (YjPromptHistory *self,
                        int              by,
                        const char      *text)
{
  guint to;

  g_return_val_if_fail (YJ_IS_PROMPT_HISTORY (self), NULL);
  g_return_val_if_fail (by == 1 || by == -1, NULL);

  if (by < 0 && self->place == 0)
    return NULL;
  to = self->place + by;
  if (to >= self->texts->len)
    return NULL;
  g_free (self->texts->pdata[self->place]);
  self->texts->pdata[self->place] = g_strdup (text);
  self->place = to;
  return self->texts->pdata[to];
}
