/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-selection"

#include "yj-selection-private.h"

#include <string.h>

#include "yj-attachment.h"
#include "yj-markdown.h"
#include "yj-selection-move.h"
#include "yj-text-piece.h"
#include "yj-text.h"

/* The keyboard's part of the selection: letters, words, lines and messages on from a place. */

#define STEP 8                  /* px, when looking for the next line above or below */
#define MAX_STEPS 60

/* ---- texts */

static YjMessageCard *
get_row (YjSelection *self,
         YjMessage   *message)
{
  int i = yj_selection_find_message (self, message);
  GtkWidget *row = i >= 0 ? yj_transcript_get_row (self->transcript, i) : NULL;

  return row != NULL ? YJ_MESSAGE_CARD (row) : NULL;
}

static YjBlock *
new_typed (YjMessage *message)
{
  YjBlock *block = yj_block_new (YJ_BLOCK_PARAGRAPH);
  GString *shown = g_string_new (NULL);
  const char *text = yj_attachment_get_body (yj_message_get_text (message));

  yj_text_neutralise (shown, text, strlen (text), TRUE);
  block->text = g_string_free_and_steal (shown);
  return block;
}

/* The leaves of a text of a message, as they are shown, or would be. (transfer full) */
GPtrArray *
yj_selection_get_leaves (YjSelection   *self,
                         YjMessage     *message,
                         YjMessagePart  part)
{
  YjMessageCard *row = get_row (self, message);
  GPtrArray *leaves = g_ptr_array_new_with_free_func ((GDestroyNotify) yj_block_unref);
  g_autoptr(YjMarkdown) document = NULL;

  if (row != NULL)
    {
      g_autoptr(GArray) pieces = yj_pieces_new ();

      yj_message_card_collect (row, part, pieces);
      for (guint i = 0; i < pieces->len; i++)
        g_ptr_array_add (leaves, yj_block_ref (g_array_index (pieces, YjPiece, i).block));
    }
  else if (part == YJ_MESSAGE_THOUGHTS)
    return leaves;
  else if (yj_message_get_role (message) == YJ_MESSAGE_USER)
    g_ptr_array_add (leaves, new_typed (message));
  else
    {
      g_autoptr(GPtrArray) borrowed = g_ptr_array_new ();

      document = yj_markdown_new ();
      yj_markdown_set_text (document, yj_message_get_text (message), yj_message_get_state (message) != YJ_MESSAGE_STREAMING);
      yj_blocks_collect_leaves (yj_markdown_get_blocks (document), borrowed);
      for (guint i = 0; i < borrowed->len; i++)
        g_ptr_array_add (leaves, yj_block_ref (g_ptr_array_index (borrowed, i)));
    }
  return leaves;
}

static const char *
get_text (GPtrArray *leaves,
          guint      leaf)
{
  const char *text = leaf < leaves->len ? ((YjBlock *) g_ptr_array_index (leaves, leaf))->text : NULL;

  return text != NULL ? text : "";
}

/* An end that stands for whatever the message grows to, and one behind a text that has changed, become real places. */
static void
settle (GPtrArray *leaves,
        YjPlace   *place)
{
  if (leaves->len == 0)
    *place = (YjPlace) { 0, 0 };
  else if (place->leaf >= leaves->len)
    *place = (YjPlace) { leaves->len - 1, G_MAXUINT };
  place->offset = MIN (place->offset, strlen (get_text (leaves, place->leaf)));
}

static void
get_line (const char *text,
          guint       offset,
          guint      *start,
          guint      *end)
{
  const char *feed = strchr (text + offset, '\n');

  *start = offset;
  while (*start > 0 && text[*start - 1] != '\n')
    (*start)--;
  *end = feed != NULL ? (gsize) (feed - text) : strlen (text);
}

/* ---- words */

typedef struct
{
  const char   *text;           /* of the leaf */
  guint         start;          /* bytes: the line looked at */
  guint         end;
  PangoLogAttr *attrs;          /* for each place between its letters */
  int           n;
} Line;

static void
line_init (Line       *self,
           const char *text,
           guint       offset)
{
  self->text = text;
  get_line (text, offset, &self->start, &self->end);
  self->n = g_utf8_strlen (text + self->start, self->end - self->start) + 1;
  self->attrs = g_new0 (PangoLogAttr, self->n);
  pango_get_log_attrs (text + self->start, self->end - self->start, -1,
                       pango_language_from_string (yj_text_has_han (text) ? "zh-cn" : "en"), self->attrs, self->n);
}

static int
line_get_index (const Line *self,
                guint       offset)
{
  return g_utf8_pointer_to_offset (self->text + self->start, self->text + offset);
}

static guint
line_get_offset (const Line *self,
                 int         index)
{
  return g_utf8_offset_to_pointer (self->text + self->start, index) - self->text;
}

static void
find_word (const char *text,
           guint       offset,
           guint      *start,
           guint      *end)
{
  Line line;
  int i, from, to;

  line_init (&line, text, offset);
  i = line_get_index (&line, offset);
  for (from = i; from > 0 && !line.attrs[from].is_word_start;)
    from--;
  for (to = from + 1; to < line.n - 1 && !line.attrs[to].is_word_end;)
    to++;
  /* Between words it is what lies there: spaces or a sign. */
  if (line.n > 1 && (!line.attrs[from].is_word_start || to < i))
    {
      from = MIN (i, line.n - 2);
      to = from + 1;
    }
  *start = line_get_offset (&line, from);
  *end = line_get_offset (&line, MIN (to, line.n - 1));
  g_free (line.attrs);
}

/* The word or the paragraph around a place. */
void
yj_selection_expand (YjSelection  *self,
                     const YjMark *mark,
                     YjUnit        unit,
                     YjMark       *start,
                     YjMark       *end)
{
  g_autoptr(GPtrArray) leaves = yj_selection_get_leaves (self, mark->message, mark->part);
  YjPlace place = mark->place;
  const char *text;
  gboolean lines;

  settle (leaves, &place);
  text = get_text (leaves, place.leaf);
  lines = yj_message_get_role (mark->message) == YJ_MESSAGE_USER ||
          (place.leaf < leaves->len && ((YjBlock *) g_ptr_array_index (leaves, place.leaf))->kind == YJ_BLOCK_CODE);
  yj_mark_set (start, mark);
  yj_mark_set (end, mark);
  start->place = end->place = place;
  if (unit == YJ_UNIT_WORD)
    find_word (text, place.offset, &start->place.offset, &end->place.offset);
  else if (lines)
    get_line (text, place.offset, &start->place.offset, &end->place.offset);
  else
    {
      start->place.offset = 0;
      end->place.offset = strlen (text);
    }
}

/* ---- going on */

/* Over the end of a leaf into the next, and from message to message; thoughts are gone through only from within. */
static gboolean
step_leaf (YjSelection *self,
           YjMark      *mark,
           GPtrArray   *leaves,
           int          direction)
{
  GListModel *model = yj_transcript_get_model (self->transcript);
  int i;

  if (direction > 0 ? mark->place.leaf + 1 < leaves->len : mark->place.leaf > 0)
    {
      mark->place.leaf += direction;
      mark->place.offset = direction > 0 ? 0 : strlen (get_text (leaves, mark->place.leaf));
      return TRUE;
    }
  if (mark->part == YJ_MESSAGE_THOUGHTS && direction > 0)
    {
      mark->part = YJ_MESSAGE_ANSWER;
      mark->place = YJ_RANGE_ALL.start;
      return TRUE;
    }
  i = yj_selection_find_message (self, mark->message) + direction;
  if (i < 0 || i >= (int) g_list_model_get_n_items (model))
    return FALSE;
  g_object_unref (mark->message);
  mark->message = g_list_model_get_item (model, i);
  mark->part = YJ_MESSAGE_ANSWER;
  mark->place = direction > 0 ? YJ_RANGE_ALL.start : YJ_RANGE_ALL.end;
  leaves = yj_selection_get_leaves (self, mark->message, mark->part);
  settle (leaves, &mark->place);
  g_ptr_array_unref (leaves);
  return TRUE;
}

static gboolean
is_stop (const PangoLogAttr *attr,
         YjUnit              unit,
         int                 direction)
{
  return unit == YJ_UNIT_LETTER ? attr->is_cursor_position : direction > 0 ? attr->is_word_end : attr->is_word_start;
}

static void
step (YjSelection *self,
      YjMark      *mark,
      YjUnit       unit,
      int          direction)
{
  g_autoptr(GPtrArray) leaves = yj_selection_get_leaves (self, mark->message, mark->part);
  const char *text;
  Line line;
  int i;

  settle (leaves, &mark->place);
  text = get_text (leaves, mark->place.leaf);
  line_init (&line, text, mark->place.offset);
  i = line_get_index (&line, mark->place.offset) + direction;
  while (i > 0 && i < line.n - 1 && !is_stop (&line.attrs[i], unit, direction))
    i += direction;
  if (i >= 0 && i < line.n)
    mark->place.offset = line_get_offset (&line, i);
  else if (direction > 0 ? line.end < strlen (text) : line.start > 0)
    mark->place.offset = direction > 0 ? line.end + 1 : line.start - 1;
  else
    step_leaf (self, mark, leaves, direction);
  g_free (line.attrs);
}

/* Where a caret would stand, in the transcript; its message gets a row if it has none. */
gboolean
yj_selection_get_caret (YjSelection     *self,
                        const YjMark    *mark,
                        graphene_rect_t *caret)
{
  g_autoptr(GArray) pieces = yj_pieces_new ();
  YjMessageCard *row = get_row (self, mark->message);
  graphene_point_t corner;
  const YjPiece *piece;

  if (row == NULL)
    return FALSE;
  yj_message_card_collect (row, mark->part, pieces);
  if (pieces->len == 0)
    return FALSE;
  piece = &g_array_index (pieces, YjPiece, MIN (mark->place.leaf, pieces->len - 1));
  if (piece->widget == NULL)
    return FALSE;
  yj_text_piece_get_caret (YJ_TEXT_PIECE (piece->widget), MIN (mark->place.offset, yj_block_get_length (piece->block)), caret);
  if (!gtk_widget_compute_point (piece->widget, GTK_WIDGET (self->transcript), &caret->origin, &corner))
    return FALSE;
  caret->origin = corner;
  return TRUE;
}

/* The nearest place in the next line, on the screen, above or below. */
static void
step_line (YjSelection *self,
           YjMark      *mark,
           int          direction)
{
  graphene_rect_t caret;
  YjMark at = { NULL, };
  double y;

  if (!yj_selection_get_caret (self, mark, &caret))
    {
      step (self, mark, YJ_UNIT_LETTER, direction);
      return;
    }
  if (self->goal_x < 0)
    self->goal_x = caret.origin.x;
  y = direction > 0 ? caret.origin.y + caret.size.height : caret.origin.y;
  for (guint i = 0; i < MAX_STEPS; i++)
    {
      y += direction * STEP;
      if (!yj_selection_find_place (self, self->goal_x, y, &at))
        break;
      if (yj_selection_compare (self, &at, mark) * direction > 0)
        {
          graphene_rect_t there;

          /* Behind the last letter of the same line is not the next line. */
          if (yj_selection_get_caret (self, &at, &there) && (there.origin.y - caret.origin.y) * direction > 1)
            {
              yj_mark_set (mark, &at);
              break;
            }
        }
    }
  yj_mark_set (&at, NULL);
}

static void
step_to_line_end (YjSelection *self,
                  YjMark      *mark,
                  int          direction)
{
  graphene_rect_t caret;
  YjMark at = { NULL, };

  if (yj_selection_get_caret (self, mark, &caret) &&
      yj_selection_find_place (self, direction > 0 ? G_MAXINT16 : 0, caret.origin.y + caret.size.height / 2, &at) &&
      at.message == mark->message && at.part == mark->part && at.place.leaf == mark->place.leaf)
    yj_mark_set (mark, &at);
  yj_mark_set (&at, NULL);
}

static void
go_to_end (YjSelection *self,
           YjMark      *mark,
           int          direction)
{
  GListModel *model = yj_transcript_get_model (self->transcript);

  g_object_unref (mark->message);
  mark->message = g_list_model_get_item (model, direction > 0 ? g_list_model_get_n_items (model) - 1 : 0);
  mark->part = YJ_MESSAGE_ANSWER;
  mark->place = direction > 0 ? YJ_RANGE_ALL.end : YJ_RANGE_ALL.start;
}

/**
 * yj_selection_move:
 * @self: a selection
 * @from: (nullable): the message to begin in, where nothing was pointed at yet
 * @by: how far
 * @direction: 1 on, -1 back
 *
 * Moves the end of the selection that moves, and brings it into sight.
 */
void
yj_selection_move (YjSelection *self,
                   YjMessage   *from,
                   YjStep       by,
                   int          direction)
{
  YjMark focus = { NULL, };
  graphene_rect_t caret;

  g_return_if_fail (YJ_IS_SELECTION (self));

  if (self->focus.message == NULL)
    {
      YjMark begin = { from, YJ_MESSAGE_ANSWER, YJ_RANGE_ALL.start };

      if (from == NULL)
        return;
      yj_selection_set (self, &begin, &begin);
    }
  yj_mark_set (&focus, &self->focus);
  yj_transcript_ensure_row (self->transcript, yj_selection_find_message (self, focus.message));
  if (by != YJ_STEP_LINE)
    self->goal_x = -1;
  switch (by)
    {
    case YJ_STEP_LETTER:
      step (self, &focus, YJ_UNIT_LETTER, direction);
      break;
    case YJ_STEP_WORD:
      step (self, &focus, YJ_UNIT_WORD, direction);
      break;
    case YJ_STEP_LINE:
      step_line (self, &focus, direction);
      break;
    case YJ_STEP_LINE_END:
      step_to_line_end (self, &focus, direction);
      break;
    case YJ_STEP_ALL:
      go_to_end (self, &focus, direction);
      break;
    }
  self->unit = YJ_UNIT_LETTER;
  yj_selection_set (self, &self->anchor, &focus);
  yj_transcript_ensure_row (self->transcript, yj_selection_find_message (self, focus.message));
  if (yj_selection_get_caret (self, &focus, &caret))
    yj_transcript_reveal (self->transcript, caret.origin.y, caret.origin.y + caret.size.height);
  yj_selection_offer_primary (self);
  yj_mark_set (&focus, NULL);
}
