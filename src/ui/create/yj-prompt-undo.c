/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "yj-prompt-undo.h"

#include <string.h>

#define MAX_STEPS 300

typedef enum
{
  NO_CHANGE,
  TYPED,                        /* one ASCII character more */
  ERASED,                       /* one character less */
  OTHER,
} Kind;

struct _YjPromptUndo
{
  GPtrArray     *past;          /* of YjPromptState, the last one is the nearest */
  GPtrArray     *future;
  YjPromptState  reached;       /* what the last step led to */
  Kind           kind;          /* of the last change */
  gsize          place;         /* byte where it ended */
  char           letter;        /* that was typed last */
};

static void
state_free (YjPromptState *state)
{
  g_free (state->source);
  g_free (state);
}

static YjPromptState *
state_new (const char *source,
           int         cursor)
{
  YjPromptState *state = g_new0 (YjPromptState, 1);

  state->source = g_strdup (source);
  state->cursor = cursor;
  return state;
}

static void
yj_prompt_undo_free (YjPromptUndo *self)
{
  g_ptr_array_unref (self->past);
  g_ptr_array_unref (self->future);
  g_free (self->reached.source);
  g_free (self);
}

/**
 * yj_prompt_undo_get:
 * @draft: a draft
 *
 * Returns: (transfer none): its steps; they go with it
 */
YjPromptUndo *
yj_prompt_undo_get (YjDraft *draft)
{
  YjPromptUndo *self = g_object_get_data (G_OBJECT (draft), "yj-prompt-undo");

  if (self != NULL)
    return self;

  self = g_new0 (YjPromptUndo, 1);
  self->past = g_ptr_array_new_with_free_func ((GDestroyNotify) state_free);
  self->future = g_ptr_array_new_with_free_func ((GDestroyNotify) state_free);
  g_object_set_data_full (G_OBJECT (draft), "yj-prompt-undo", self, (GDestroyNotify) yj_prompt_undo_free);
  return self;
}

/* What kind of change it is, and whether it goes on with the one before. */
static gboolean
goes_on (YjPromptUndo *self,
         const char   *before,
         const char   *after)
{
  gsize old = strlen (before), new = strlen (after), start = 0, end = 0;
  Kind last = self->kind;
  gsize place = self->place;
  char letter = self->letter;
  gboolean more;

  while (start < MIN (old, new) && before[start] == after[start])
    start++;
  while (end < MIN (old, new) - start && before[old - end - 1] == after[new - end - 1])
    end++;

  self->kind = OTHER;
  if (old == start + end && new == old + 1 && (guchar) after[start] < 0x80)
    {
      self->kind = TYPED;
      self->letter = after[start];
      self->place = start + 1;
      /* a word with the space after it is one step */
      more = last == TYPED && start + 1 >= place && start <= place &&
             (!g_ascii_isspace (letter) || g_ascii_isspace (self->letter)) && self->letter != '\n';
      return more;
    }
  if (new == start + end && old - new <= 4 && g_utf8_strlen (before, -1) == g_utf8_strlen (after, -1) + 1)
    {
      self->kind = ERASED;
      self->place = start;
      return last == ERASED && start <= place && place - start <= 4;
    }

  return FALSE;
}

/**
 * yj_prompt_undo_note:
 * @self: steps
 * @before: what was
 * @cursor: where the cursor was then
 * @after: what is now
 */
void
yj_prompt_undo_note (YjPromptUndo *self,
                     const char   *before,
                     int           cursor,
                     const char   *after)
{
  if (!goes_on (self, before, after) || self->past->len == 0)
    {
      g_ptr_array_add (self->past, state_new (before, cursor));
      if (self->past->len > MAX_STEPS)
        g_ptr_array_remove_index (self->past, 0);
    }
  g_ptr_array_set_size (self->future, 0);
}

/**
 * yj_prompt_undo_can_step:
 * @self: steps
 * @back: undo, else redo
 *
 * Returns: whether there is a step that way
 */
gboolean
yj_prompt_undo_can_step (YjPromptUndo *self,
                         gboolean      back)
{
  return (back ? self->past : self->future)->len > 0;
}

/**
 * yj_prompt_undo_step:
 * @self: steps
 * @back: undo, else redo
 * @now: what is now
 * @cursor: where the cursor is
 *
 * Returns: (transfer none) (nullable): what is to be there, valid until the next call; %NULL: there is no step that way
 */
const YjPromptState *
yj_prompt_undo_step (YjPromptUndo *self,
                     gboolean      back,
                     const char   *now,
                     int           cursor)
{
  GPtrArray *from = back ? self->past : self->future, *to = back ? self->future : self->past;
  YjPromptState *state;

  if (from->len == 0)
    return NULL;

  state = g_ptr_array_steal_index (from, from->len - 1);
  g_ptr_array_add (to, state_new (now, cursor));
  g_free (self->reached.source);
  self->reached = *state;
  g_free (state);
  self->kind = NO_CHANGE;
  return &self->reached;
}
