/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-selection"

#include "yj-selection-private.h"

#include <string.h>

#include "yj-copy-content.h"
#include "yj-markdown.h"
#include "yj-text-piece.h"
#include "yj-text.h"

/* The one selection over all messages of a conversation. Its ends are messages, leaves and bytes, and so it does not mind
 * that rows come and go with the view, that a message grows, or that most of what is selected has no row at all. Thoughts
 * are part of it only where it begins or ends in them. While nothing is selected it costs nothing. */

G_DEFINE_FINAL_TYPE (YjSelection, yj_selection, G_TYPE_OBJECT)

/* ---- marks */

void
yj_mark_set (YjMark       *self,
             const YjMark *other)
{
  YjMessage *message = other != NULL ? other->message : NULL;

  g_set_object (&self->message, message);
  if (other != NULL)
    {
      self->part = other->part;
      self->place = other->place;
    }
}

/* Where a message is in the conversation, -1: it has gone. */
int
yj_selection_find_message (YjSelection *self,
                           YjMessage   *message)
{
  GListModel *model = yj_transcript_get_model (self->transcript);
  guint n = model != NULL ? g_list_model_get_n_items (model) : 0;

  if (self->hint < n)
    {
      g_autoptr(YjMessage) hinted = g_list_model_get_item (model, self->hint);

      if (hinted == message)
        return self->hint;
    }
  for (guint i = 0; i < n; i++)
    {
      g_autoptr(YjMessage) candidate = g_list_model_get_item (model, i);

      if (candidate != message)
        continue;
      self->hint = i;
      return i;
    }
  return -1;
}

int
yj_selection_compare (YjSelection  *self,
                      const YjMark *a,
                      const YjMark *b)
{
  if (a->message != b->message)
    return yj_selection_find_message (self, a->message) - yj_selection_find_message (self, b->message);
  if (a->part != b->part)
    return (int) a->part - (int) b->part;
  return yj_place_compare (a->place, b->place);
}

static gboolean
get_ends (YjSelection   *self,
          const YjMark **start,
          const YjMark **end)
{
  gboolean forward;

  if (self->anchor.message == NULL || self->focus.message == NULL)
    return FALSE;
  forward = yj_selection_compare (self, &self->anchor, &self->focus) <= 0;
  *start = forward ? &self->anchor : &self->focus;
  *end = forward ? &self->focus : &self->anchor;
  return yj_selection_compare (self, *start, *end) != 0;
}

/* What of one text of a message lies between two marks, which are in the conversation at @first and @last. */
static gboolean
get_range (YjMessage     *message,
           int            i,
           YjMessagePart  part,
           const YjMark  *start,
           int            first,
           const YjMark  *end,
           int            last,
           YjRange       *range)
{
  gboolean at_start = message == start->message;
  gboolean at_end = message == end->message;

  if (i < first || i > last || (at_start && part < start->part) || (at_end && part > end->part))
    return FALSE;
  if (part == YJ_MESSAGE_THOUGHTS && !(at_start && start->part == part) && !(at_end && end->part == part))
    return FALSE;
  *range = YJ_RANGE_ALL;
  if (at_start && part == start->part)
    range->start = start->place;
  if (at_end && part == end->part)
    range->end = end->place;
  return TRUE;
}

/* ---- showing it */

static void
show_range (YjMessageCard *row,
            int            i,
            const YjMark  *start,
            int            first,
            const YjMark  *end,
            int            last)
{
  for (YjMessagePart part = YJ_MESSAGE_THOUGHTS; part <= YJ_MESSAGE_ANSWER; part++)
    {
      YjRange range;
      gboolean any = start != NULL && get_range (yj_message_card_get_message (row), i, part, start, first, end, last, &range);

      yj_message_card_set_marked (row, part, any ? &range : NULL);
    }
}

static void
show (YjSelection *self)
{
  GListModel *model = yj_transcript_get_model (self->transcript);
  guint n = model != NULL ? g_list_model_get_n_items (model) : 0;
  const YjMark *start = NULL, *end = NULL;
  gboolean any = get_ends (self, &start, &end);
  int first, last;

  if (!any && !self->shown)
    return;
  first = any ? yj_selection_find_message (self, start->message) : -1;
  last = any ? yj_selection_find_message (self, end->message) : -1;
  self->shown = any;
  for (guint i = 0; i < n; i++)
    {
      GtkWidget *row = yj_transcript_get_row (self->transcript, i);

      if (row != NULL)
        show_range (YJ_MESSAGE_CARD (row), i, any ? start : NULL, first, end, last);
    }
}

/**
 * yj_selection_show_row:
 * @self: a selection
 * @row: a row that has just been made
 *
 * Shows in @row what of it is selected.
 */
void
yj_selection_show_row (YjSelection   *self,
                       YjMessageCard *row)
{
  const YjMark *start, *end;

  g_return_if_fail (YJ_IS_SELECTION (self));

  if (self->shown && get_ends (self, &start, &end))
    show_range (row, yj_selection_find_message (self, yj_message_card_get_message (row)),
                start, yj_selection_find_message (self, start->message), end, yj_selection_find_message (self, end->message));
}

/* Takes the two ends, which may be its own. */
void
yj_selection_set (YjSelection  *self,
                  const YjMark *anchor,
                  const YjMark *focus)
{
  yj_mark_set (&self->anchor, anchor);
  yj_mark_set (&self->focus, focus);
  show (self);
}

/**
 * yj_selection_clear:
 * @self: a selection
 *
 * Selects nothing.
 */
void
yj_selection_clear (YjSelection *self)
{
  g_return_if_fail (YJ_IS_SELECTION (self));

  yj_selection_stop_scrolling (self);
  yj_selection_set (self, NULL, NULL);
  yj_mark_set (&self->first_start, NULL);
  yj_mark_set (&self->first_end, NULL);
}

/**
 * yj_selection_is_empty:
 * @self: a selection
 *
 * Returns: whether nothing is selected; there may be a place from which something would be
 */
gboolean
yj_selection_is_empty (YjSelection *self)
{
  const YjMark *start, *end;

  g_return_val_if_fail (YJ_IS_SELECTION (self), TRUE);

  return !get_ends (self, &start, &end);
}

/**
 * yj_selection_select_all:
 * @self: a selection
 *
 * Selects the texts of all messages, whatever their last one grows to.
 */
void
yj_selection_select_all (YjSelection *self)
{
  GListModel *model;
  g_autoptr(YjMessage) first = NULL;
  g_autoptr(YjMessage) last = NULL;

  g_return_if_fail (YJ_IS_SELECTION (self));

  model = yj_transcript_get_model (self->transcript);
  if (model == NULL || g_list_model_get_n_items (model) == 0)
    return;
  first = g_list_model_get_item (model, 0);
  last = g_list_model_get_item (model, g_list_model_get_n_items (model) - 1);
  self->unit = YJ_UNIT_LETTER;
  yj_selection_set (self,
                    &(YjMark) { first, YJ_MESSAGE_ANSWER, YJ_RANGE_ALL.start },
                    &(YjMark) { last, YJ_MESSAGE_ANSWER, YJ_RANGE_ALL.end });
  yj_selection_offer_primary (self);
}

/**
 * yj_selection_messages_changed:
 * @self: a selection
 *
 * To be called when messages came or went: what ends in one that is gone is no selection any more.
 */
void
yj_selection_messages_changed (YjSelection *self)
{
  g_return_if_fail (YJ_IS_SELECTION (self));

  if (self->anchor.message == NULL)
    return;
  if (yj_selection_find_message (self, self->anchor.message) < 0 || yj_selection_find_message (self, self->focus.message) < 0)
    yj_selection_clear (self);
  else
    show (self);
}

/* ---- copying it */

static void
add_message (YjCopyContent *content,
             YjMessage     *message,
             YjMessagePart  part,
             const YjRange *range)
{
  YjCopyKind kind = YJ_COPY_MARKDOWN;

  if (yj_message_get_role (message) == YJ_MESSAGE_USER)
    kind = YJ_COPY_TYPED;
  else if (yj_message_get_state (message) == YJ_MESSAGE_STREAMING &&
           (part == YJ_MESSAGE_ANSWER || *yj_message_get_text (message) == '\0'))
    kind = YJ_COPY_GROWING;
  yj_copy_content_add (content, kind, part == YJ_MESSAGE_ANSWER ? yj_message_get_text (message) : yj_message_get_reasoning (message), range);
}

static YjCopyContent *
new_content (YjSelection *self)
{
  YjCopyContent *content;
  const YjMark *start, *end;
  int first, last;

  if (!get_ends (self, &start, &end))
    return NULL;
  first = yj_selection_find_message (self, start->message);
  last = yj_selection_find_message (self, end->message);
  content = yj_copy_content_new ();
  for (int i = first; i <= last; i++)
    {
      g_autoptr(YjMessage) message = g_list_model_get_item (yj_transcript_get_model (self->transcript), i);

      for (YjMessagePart part = YJ_MESSAGE_THOUGHTS; part <= YJ_MESSAGE_ANSWER; part++)
        {
          YjRange range;

          if (get_range (message, i, part, start, first, end, last, &range) && !yj_range_is_empty (&range))
            add_message (content, message, part, &range);
        }
    }
  return content;
}

/**
 * yj_selection_copy:
 * @self: a selection
 *
 * Puts what is selected on the clipboard, as Markdown, plain text and HTML.
 *
 * Returns: whether anything was selected
 */
gboolean
yj_selection_copy (YjSelection *self)
{
  g_autoptr(YjCopyContent) content = NULL;

  g_return_val_if_fail (YJ_IS_SELECTION (self), FALSE);

  content = new_content (self);
  if (content == NULL)
    return FALSE;
  gdk_clipboard_set_content (gtk_widget_get_clipboard (GTK_WIDGET (self->transcript)), GDK_CONTENT_PROVIDER (content));
  return TRUE;
}

/**
 * yj_selection_dup_markdown:
 * @self: a selection
 *
 * Returns: (transfer full): what is selected, as Markdown
 */
char *
yj_selection_dup_markdown (YjSelection *self)
{
  g_autoptr(YjCopyContent) content = NULL;

  g_return_val_if_fail (YJ_IS_SELECTION (self), NULL);

  content = new_content (self);
  return content != NULL ? yj_copy_content_render (content, YJ_COPY_AS_MARKDOWN) : g_strdup ("");
}

/* What the middle button pastes. */
void
yj_selection_offer_primary (YjSelection *self)
{
  g_autoptr(YjCopyContent) content = new_content (self);

  if (content != NULL)
    gdk_clipboard_set_content (gtk_widget_get_primary_clipboard (GTK_WIDGET (self->transcript)), GDK_CONTENT_PROVIDER (content));
}

/* ---- the object */

static void
yj_selection_dispose (GObject *object)
{
  YjSelection *self = YJ_SELECTION (object);

  yj_selection_stop_scrolling (self);
  yj_mark_set (&self->anchor, NULL);
  yj_mark_set (&self->focus, NULL);
  yj_mark_set (&self->first_start, NULL);
  yj_mark_set (&self->first_end, NULL);

  G_OBJECT_CLASS (yj_selection_parent_class)->dispose (object);
}

static void
yj_selection_class_init (YjSelectionClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = yj_selection_dispose;
}

static void
yj_selection_init (YjSelection *self)
{
  self->goal_x = -1;
}

/**
 * yj_selection_new:
 * @transcript: whose messages are selected; has to live as long
 *
 * Returns: (transfer full): a selection of nothing, which the pointer can change
 */
YjSelection *
yj_selection_new (YjTranscript *transcript)
{
  YjSelection *self = g_object_new (YJ_TYPE_SELECTION, NULL);

  self->transcript = transcript;
  yj_selection_add_pointer (self);
  return self;
}
