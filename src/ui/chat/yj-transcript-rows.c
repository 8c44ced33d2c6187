/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-transcript"

#include "yj-transcript-private.h"

#include <string.h>

#include "yj-attachment.h"
#include "yj-block-height.h"
#include "yj-selection.h"

/* Which messages have widgets, how high they are, and where the view stands among them. All of it hangs on one place that
 * the view is kept by: what is near is looked for from there in both directions, so that it does not matter what becomes
 * of the heights on the way. */

#define GUESSED_LINE 23         /* px */
#define GUESSED_REST 60         /* px that a message is higher than its text */
#define GUESSED_CHIPS 40        /* px of what is attached to it */
#define SCANNED_BYTES 4000      /* of a text, when its height is guessed */
#define MAX_PASSES 4
#define QUESTION_SHARE 0.4      /* of the window for the question, when that is long */

YjTranscriptItem *
yj_transcript_get_item (YjTranscript *self,
                        guint         i)
{
  return &g_array_index (self->items, YjTranscriptItem, i);
}

/* ---- heights */

static int
get_height (YjTranscript *self,
            guint         i)
{
  return yj_heights_get (self->heights, i) - (i + 1 < self->items->len ? YJ_TRANSCRIPT_SPACING : 0);
}

static int
get_text_width (YjTranscript *self)
{
  return self->row_width > 1 ? self->row_width : YJ_BLOCK_USUAL_WIDTH;
}

static void
set_height (YjTranscript *self,
            guint         i,
            int           height)
{
  yj_transcript_get_item (self, i)->area = (double) MAX (height - GUESSED_REST, 0) * get_text_width (self);
  yj_heights_set (self->heights, i, height + (i + 1 < self->items->len ? YJ_TRANSCRIPT_SPACING : 0));
}

static void
guess_height (YjTranscript *self,
              guint         i)
{
  YjMessage *message = yj_transcript_get_item (self, i)->message;
  const char *whole = yj_message_get_text (message);
  const char *text = yj_message_get_role (message) == YJ_MESSAGE_USER ? yj_attachment_get_body (whole) : whole;
  int width = get_text_width (self);
  gsize length = strlen (text);
  double lines;

  /* Of a long text, its beginning tells how much more there will be. */
  if (length > SCANNED_BYTES)
    {
      g_autofree char *start = g_strndup (text, SCANNED_BYTES);

      lines = yj_text_guess_lines (start, width) * (double) length / SCANNED_BYTES;
    }
  else
    lines = yj_text_guess_lines (text, width);
  set_height (self, i, GUESSED_REST + (text != whole ? GUESSED_CHIPS : 0) + (int) MIN (lines, 100000) * GUESSED_LINE);
}

/* For all that have no row, at a new width. It may be another in each frame, so that no text is looked at again. */
void
yj_transcript_scale_heights (YjTranscript *self)
{
  int width = get_text_width (self);

  for (guint i = 0; i < self->items->len; i++)
    {
      YjTranscriptItem *item = yj_transcript_get_item (self, i);
      int below = i + 1 < self->items->len ? YJ_TRANSCRIPT_SPACING : 0;

      if (item->row == NULL)
        yj_heights_set (self->heights, i, GUESSED_REST + (int) (item->area / width) + below);
    }
}

static void
measure_row (YjTranscript *self,
             guint         i)
{
  int height;

  gtk_widget_measure (yj_transcript_get_item (self, i)->row, GTK_ORIENTATION_VERTICAL, self->row_width, NULL, &height, NULL, NULL);
  set_height (self, i, height);
}

void
yj_transcript_measure_rows (YjTranscript *self)
{
  for (guint i = 0; i < self->items->len; i++)
    if (yj_transcript_get_item (self, i)->row != NULL)
      measure_row (self, i);
}

/* ---- where the view stands */

static int
get_y (YjTranscript *self,
       guint         i)
{
  return YJ_TRANSCRIPT_MARGIN + yj_heights_get_y (self->heights, i);
}

int
yj_transcript_get_content_height (YjTranscript *self)
{
  return self->items->len > 0 ? get_y (self, self->items->len) + YJ_TRANSCRIPT_MARGIN : 0;
}

/* Where the view stands when the question that was asked is at its top: of a long one, its end is seen, and the answer. */
static int
get_question_value (YjTranscript *self,
                    int           page)
{
  int above = get_height (self, self->asked) - (int) (page * QUESTION_SHARE);

  return get_y (self, self->asked) + MAX (above, -YJ_TRANSCRIPT_MARGIN);
}

int
yj_transcript_get_upper (YjTranscript *self,
                         int           page)
{
  int upper = MAX (yj_transcript_get_content_height (self), page);

  if (self->asked >= 0)
    upper = MAX (upper, get_question_value (self, page) + page);
  return upper;
}

static int
get_place_value (YjTranscript *self)
{
  GtkWidget *row = yj_transcript_get_item (self, self->top)->row;

  return get_y (self, self->top) +
         (row != NULL ? yj_anchor_get_y (&self->anchor, YJ_MESSAGE_CARD (row), self->row_width) : self->anchor.offset);
}

int
yj_transcript_get_value (YjTranscript *self,
                         int           page)
{
  int last = yj_transcript_get_upper (self, page) - page;

  if (self->items->len == 0)
    return 0;
  switch (self->kept)
    {
    case YJ_KEPT_BY_END:
      return last;
    case YJ_KEPT_BY_QUESTION:
      return CLAMP (get_question_value (self, page), 0, last);
    case YJ_KEPT_BY_PLACE:
      break;
    }
  return CLAMP (get_place_value (self), 0, last);
}

/* Keeps the view by what is at its upper edge when it stands at @value. */
void
yj_transcript_keep_by (YjTranscript *self,
                       int           value)
{
  YjTranscriptItem *item;
  int y;

  if (self->items->len == 0)
    return;
  self->top = yj_heights_find (self->heights, value - YJ_TRANSCRIPT_MARGIN);
  item = yj_transcript_get_item (self, self->top);
  y = value - get_y (self, self->top);
  self->anchor = item->row != NULL ? yj_anchor_find (YJ_MESSAGE_CARD (item->row), self->row_width, y) :
                                     (YjAnchor) { YJ_MESSAGE_CARD_ITSELF, 0, y };
}

/* ---- rows */

static gboolean
has_focus (YjTranscript *self,
           GtkWidget    *row)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return focus != NULL && (focus == row || gtk_widget_is_ancestor (focus, row));
}

/* A row with widgets for what of it is near the view. */
static void
need_row (YjTranscript   *self,
          guint           i,
          const YjAnchor *place,
          int             before,
          int             after)
{
  YjTranscriptItem *item = yj_transcript_get_item (self, i);
  GtkWidget *previous = NULL;

  if (item->row == NULL)
    {
      for (guint j = i; j > 0 && previous == NULL; j--)
        previous = yj_transcript_get_item (self, j - 1)->row;
      item->row = yj_message_card_new (item->message);
      g_signal_connect_object (item->row, "updated", G_CALLBACK (yj_transcript_card_updated), self, G_CONNECT_SWAPPED);
      yj_message_card_set_place (YJ_MESSAGE_CARD (item->row), i, self->items->len);
      yj_selection_show_row (self->selection, YJ_MESSAGE_CARD (item->row));
      gtk_widget_insert_after (item->row, GTK_WIDGET (self), previous);
      measure_row (self, i);
    }
  yj_anchor_reach (place, YJ_MESSAGE_CARD (item->row), before, after);
  measure_row (self, i);
}

/* From the place that the view is kept by, upwards and downwards as far as a page beyond the view. */
static void
build_around (YjTranscript *self,
              int           page)
{
  guint n = self->items->len;
  guint i = self->kept == YJ_KEPT_BY_END ? n - 1 : self->kept == YJ_KEPT_BY_QUESTION ? (guint) self->asked : self->top;
  const YjAnchor place = self->kept == YJ_KEPT_BY_END ? YJ_ANCHOR_END : self->kept == YJ_KEPT_BY_QUESTION ? YJ_ANCHOR_BEGIN : self->anchor;
  int y, below;

  need_row (self, i, &place, 2 * page, 2 * page);
  y = get_y (self, i) - yj_transcript_get_value (self, page);
  below = y + yj_heights_get (self->heights, i);
  for (guint j = i + 1; j < n && below < 2 * page; j++)
    {
      need_row (self, j, &YJ_ANCHOR_BEGIN, 0, 2 * page - below);
      below += yj_heights_get (self->heights, j);
    }
  for (; i > 0 && y > -page; i--)
    {
      need_row (self, i - 1, &YJ_ANCHOR_END, y + page, 0);
      y -= yj_heights_get (self->heights, i - 1);
    }
}

static void
drop_rows (YjTranscript *self,
           int           page,
           int           value)
{
  for (guint i = 0; i < self->items->len; i++)
    {
      YjTranscriptItem *item = yj_transcript_get_item (self, i);
      int y;

      if (item->row == NULL)
        continue;
      y = get_y (self, i) - value;
      if (y <= 4 * page && y + get_height (self, i) >= -3 * page)
        continue;
      if (yj_message_get_state (item->message) == YJ_MESSAGE_STREAMING || has_focus (self, item->row))
        yj_anchor_reach (&YJ_ANCHOR_BEGIN, YJ_MESSAGE_CARD (item->row), 0, 0);
      else
        g_clear_pointer (&item->row, gtk_widget_unparent);
    }
}

/* Makes the rows that the view comes near to, and drops those it has left. */
void
yj_transcript_build (YjTranscript *self)
{
  int page = gtk_widget_get_height (GTK_WIDGET (self));
  int value, last = -1;

  if (page == 0 || self->row_width == 0 || self->items->len == 0)
    {
      self->built_value = YJ_TRANSCRIPT_NOT_BUILT;
      return;
    }
  /* The edges of everything may turn out to be nearer than guessed, and the view then stands elsewhere. */
  for (guint pass = 0; pass < MAX_PASSES; pass++)
    {
      int from_end;

      build_around (self, page);
      value = yj_transcript_get_value (self, page);
      from_end = yj_transcript_get_upper (self, page) - value;
      if (pass > 0 && from_end == last)
        break;
      last = from_end;
    }
  value = yj_transcript_get_value (self, page);
  drop_rows (self, page, value);
  self->built_value = value;
  self->built_height = yj_transcript_get_content_height (self);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

/* Whether the view has gone so far since the last build that it is time for another. There are rows for a page beyond it. */
gboolean
yj_transcript_has_moved (YjTranscript *self,
                         int           value,
                         int           page)
{
  return ABS (value - self->built_value) > page / 8 || ABS (yj_transcript_get_content_height (self) - self->built_height) > page / 8;
}

/* Tells those that have been placed what of them is in sight. */
void
yj_transcript_show_rows (YjTranscript *self,
                         int           height)
{
  for (guint i = 0; i < self->items->len; i++)
    {
      GtkWidget *row = yj_transcript_get_item (self, i)->row;

      for (YjMessagePart part = YJ_MESSAGE_ANSWER; row != NULL && part > YJ_MESSAGE_CARD_ITSELF; part--)
        {
          YjMarkdownView *view = yj_message_card_get_part (YJ_MESSAGE_CARD (row), part);
          YjBlockColumn *column = view != NULL ? yj_markdown_view_get_column (view) : NULL;
          graphene_point_t place;

          if (column != NULL && gtk_widget_compute_point (GTK_WIDGET (column), GTK_WIDGET (self), &GRAPHENE_POINT_INIT (0, 0), &place))
            yj_block_column_show (column, -(int) place.y, height - (int) place.y);
        }
    }
}

static void
clear_items (YjTranscript *self,
             guint         position,
             guint         n)
{
  for (guint i = position; i < position + n; i++)
    {
      YjTranscriptItem *item = yj_transcript_get_item (self, i);

      g_clear_pointer (&item->row, gtk_widget_unparent);
      g_clear_object (&item->message);
    }
}

/* Brings the items up to the model. */
void
yj_transcript_splice_items (YjTranscript *self,
                            guint         position,
                            guint         removed,
                            guint         added)
{
  clear_items (self, position, removed);
  g_array_remove_range (self->items, position, removed);
  for (guint i = position; i < position + added; i++)
    {
      YjTranscriptItem item = { .message = g_list_model_get_item (self->model, i) };

      g_array_insert_val (self->items, i, item);
    }
  yj_heights_splice (self->heights, position, removed, added);
  for (guint i = position; i < position + added; i++)
    guess_height (self, i);
  /* What is or was the last has space below it now, or none. */
  if (position > 0)
    {
      if (yj_transcript_get_item (self, position - 1)->row != NULL)
        measure_row (self, position - 1);
      else
        guess_height (self, position - 1);
    }
}
