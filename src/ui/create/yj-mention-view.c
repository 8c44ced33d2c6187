/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-mention-view"

#include "yj-mention-view-private.h"

#include <string.h>

#include "yj-prompt-undo.h"

#define OBJECT 0xfffc           /* stands for a chip in the text of the buffer */

typedef enum
{
  SIGNAL_STEPS_CHANGED,
  N_SIGNALS,
} YjMentionViewSignals;

static guint signals[N_SIGNALS];

/* What a screen reader gets has a place for each chip: without, it would be shorter than the text view says that it is. */
static GBytes *
get_accessible_contents (GtkAccessibleText *text,
                         unsigned int       from,
                         unsigned int       to)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (text));
  GtkTextIter start, end;
  char *slice;

  gtk_text_buffer_get_iter_at_offset (buffer, &start, (int) MIN (from, G_MAXINT));
  gtk_text_buffer_get_iter_at_offset (buffer, &end, (int) MIN (to, G_MAXINT));
  slice = gtk_text_buffer_get_slice (buffer, &start, &end, FALSE);
  return g_bytes_new_take (slice, strlen (slice) + 1);
}

static void
init_accessible_text (GtkAccessibleTextInterface *iface)
{
  iface->get_contents = get_accessible_contents;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (YjMentionView, yj_mention_view, GTK_TYPE_TEXT_VIEW,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_ACCESSIBLE_TEXT, init_accessible_text))

/* ---- from the text */

static YjMentionChip *
get_chip (const GtkTextIter *iter)
{
  GtkTextChildAnchor *anchor = gtk_text_iter_get_child_anchor (iter);
  guint n = 0;
  g_autofree GtkWidget **widgets = anchor != NULL ? gtk_text_child_anchor_get_widgets (anchor, &n) : NULL;

  return n > 0 && YJ_IS_MENTION_CHIP (widgets[0]) ? YJ_MENTION_CHIP (widgets[0]) : NULL;
}

char *
yj_mention_view_dup_range (YjMentionView     *self,
                           const GtkTextIter *start,
                           const GtkTextIter *end)
{
  g_autofree char *slice = gtk_text_buffer_get_slice (self->buffer, start, end, TRUE);
  g_autoptr(GString) source = g_string_new (NULL);
  GtkTextIter iter = *start;
  int offset = gtk_text_iter_get_offset (start);

  for (const char *p = slice; *p != '\0'; p = g_utf8_next_char (p), offset++)
    {
      gunichar c = g_utf8_get_char (p);
      YjMentionChip *chip;
      g_autofree char *mention = NULL;

      if (c != OBJECT)
        {
          if (c < 0xfff9 || c > 0xfffb)         /* they have a meaning in the source */
            g_string_append_unichar (source, c);
          continue;
        }
      gtk_text_iter_set_offset (&iter, offset);
      chip = get_chip (&iter);
      if (chip == NULL)
        continue;
      mention = yj_prompt_text_mention (yj_mention_chip_get_id (chip), yj_mention_chip_get_name (chip));
      g_string_append (source, mention);
    }

  return g_string_free_and_steal (g_steal_pointer (&source));
}

static char *
dup_source (YjMentionView *self)
{
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (self->buffer, &start, &end);
  return yj_mention_view_dup_range (self, &start, &end);
}

static void
update_steps (YjMentionView *self)
{
  YjPromptUndo *undo = self->draft != NULL ? yj_prompt_undo_get (self->draft) : NULL;

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "text.undo", undo != NULL && yj_prompt_undo_can_step (undo, TRUE));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "text.redo", undo != NULL && yj_prompt_undo_can_step (undo, FALSE));
  g_signal_emit (self, signals[SIGNAL_STEPS_CHANGED], 0);
}

static void
update_language (YjMentionView *self)
{
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (self->buffer, &start, &end);
  if (yj_prompt_text_is_chinese (self->shown))
    gtk_text_buffer_apply_tag (self->buffer, self->chinese, &start, &end);
  else
    gtk_text_buffer_remove_tag (self->buffer, self->chinese, &start, &end);
}

/* What was written here goes into the draft. */
static void
take_changes (YjMentionView *self,
              int            cursor)
{
  g_autofree char *source = NULL;

  if (self->showing || self->draft == NULL)
    return;
  source = dup_source (self);
  if (g_str_equal (source, self->shown))
    return;

  yj_prompt_undo_note (yj_prompt_undo_get (self->draft), self->shown, cursor, source);
  g_set_str (&self->shown, source);
  update_language (self);
  update_steps (self);
  yj_draft_set_prompt_source (self->draft, source);
  yj_mention_view_update_offer (self);
}

static void
buffer_changed_cb (YjMentionView *self)
{
  if (!self->acting)
    take_changes (self, self->cursor);
}

static void
begin_action_cb (YjMentionView *self)
{
  self->acting = TRUE;
  self->before = self->cursor;
}

static void
end_action_cb (YjMentionView *self)
{
  self->acting = FALSE;
  take_changes (self, self->before);
}

static void
cursor_moved_cb (YjMentionView *self)
{
  g_object_get (self->buffer, "cursor-position", &self->cursor, NULL);
  /* where it is gone on with when the person comes back to it */
  if (!self->showing && self->draft != NULL)
    yj_draft_set_cursor (self->draft, self->cursor);
  if (!self->acting && !self->showing)
    yj_mention_view_update_offer (self);
}

static void
preedit_cb (YjMentionView *self,
            const char    *preedit)
{
  self->composing = preedit != NULL && *preedit != '\0';
}

/* ---- to the text */

static void
insert_chip (YjMentionView *self,
             GtkTextIter   *iter,
             const char    *id,
             const char    *name)
{
  GtkTextChildAnchor *anchor = gtk_text_buffer_create_child_anchor (self->buffer, iter);
  GtkWidget *chip = yj_mention_chip_new (id, name);

  yj_mention_chip_update (YJ_MENTION_CHIP (chip), self->draft);
  g_signal_connect_object (chip, "clicked", G_CALLBACK (yj_mention_view_edit_chip), self, G_CONNECT_SWAPPED);
  gtk_text_view_add_child_at_anchor (GTK_TEXT_VIEW (self), chip, anchor);
}

/* One character of a buffer: a letter, or a mention. */
typedef struct
{
  const char *start;
  gsize       length;
  const char *id;               /* borrowed from the pieces */
  const char *name;
} Cell;

static GArray *
list_cells (GPtrArray *pieces)
{
  GArray *cells = g_array_new (FALSE, FALSE, sizeof (Cell));

  for (guint i = 0; i < pieces->len; i++)
    {
      const YjPromptPiece *piece = g_ptr_array_index (pieces, i);
      const char *end = piece->text + piece->length, *next;

      if (piece->id != NULL)
        {
          Cell cell = { piece->text, piece->length, piece->id, piece->name };

          g_array_append_val (cells, cell);
          continue;
        }
      for (const char *p = piece->text; p < end; p = next)
        {
          Cell cell = { p, 0, NULL, NULL };

          next = g_utf8_next_char (p);
          cell.length = next - p;
          g_array_append_val (cells, cell);
        }
    }

  return cells;
}

static gboolean
same (GArray *one,
      guint   i,
      GArray *two,
      guint   j)
{
  const Cell *a = &g_array_index (one, Cell, i), *b = &g_array_index (two, Cell, j);

  return a->length == b->length && memcmp (a->start, b->start, a->length) == 0;
}

static void
insert_cells (YjMentionView *self,
              GtkTextIter   *iter,
              GArray        *cells,
              guint          from,
              guint          to)
{
  while (from < to)
    {
      const Cell *cell = &g_array_index (cells, Cell, from);
      gsize length = 0;

      if (cell->id != NULL)
        {
          insert_chip (self, iter, cell->id, cell->name);
          from++;
          continue;
        }
      for (; from < to && g_array_index (cells, Cell, from).id == NULL; from++)
        length += g_array_index (cells, Cell, from).length;
      gtk_text_buffer_insert (self->buffer, iter, cell->start, (int) length);
    }
}

/* Changes the text into @source, only where they differ: what stays keeps its chips and its place on the screen. */
static void
show_source (YjMentionView *self,
             const char    *source,
             int            cursor)
{
  g_autoptr(GPtrArray) old_pieces = yj_prompt_text_split (self->shown), new_pieces = yj_prompt_text_split (source);
  g_autoptr(GArray) old = list_cells (old_pieces), new = list_cells (new_pieces);
  guint start = 0, end = 0, shorter = MIN (old->len, new->len);
  GtkTextIter from, to;

  while (start < shorter && same (old, start, new, start))
    start++;
  while (end < shorter - start && same (old, old->len - 1 - end, new, new->len - 1 - end))
    end++;

  self->showing = TRUE;
  gtk_text_buffer_get_iter_at_offset (self->buffer, &from, (int) start);
  gtk_text_buffer_get_iter_at_offset (self->buffer, &to, (int) (old->len - end));
  gtk_text_buffer_delete (self->buffer, &from, &to);
  insert_cells (self, &from, new, start, new->len - end);
  if (cursor >= 0)
    gtk_text_buffer_get_iter_at_offset (self->buffer, &from, cursor);
  gtk_text_buffer_place_cursor (self->buffer, &from);
  self->showing = FALSE;
  g_set_str (&self->shown, source);
  update_language (self);
}

static void
update_chips (YjMentionView *self)
{
  g_autofree char *slice = NULL;
  GtkTextIter start, end, iter;
  int offset = 0;

  gtk_text_buffer_get_bounds (self->buffer, &start, &end);
  slice = gtk_text_buffer_get_slice (self->buffer, &start, &end, TRUE);
  for (const char *p = slice; *p != '\0'; p = g_utf8_next_char (p), offset++)
    if (g_utf8_get_char (p) == OBJECT)
      {
        YjMentionChip *chip;

        gtk_text_buffer_get_iter_at_offset (self->buffer, &iter, offset);
        chip = get_chip (&iter);
        if (chip != NULL)
          yj_mention_chip_update (chip, self->draft);
      }
}

static void
draft_changed_cb (YjMentionView *self)
{
  const char *source = yj_draft_get_prompt_source (self->draft);

  if (!g_str_equal (source, self->shown))
    {
      yj_prompt_undo_note (yj_prompt_undo_get (self->draft), self->shown, self->cursor, source);
      show_source (self, source, -1);
      yj_draft_set_cursor (self->draft, self->cursor);
      update_steps (self);
    }
  update_chips (self);
  /* Other files, or a model that takes none */
  if (self->at != NULL && !self->dismissed)
    yj_mention_view_update_offer (self);
}

/* ---- undo */

static void
step (YjMentionView *self,
      gboolean       back)
{
  const YjPromptState *state;

  if (self->draft == NULL)
    return;
  state = yj_prompt_undo_step (yj_prompt_undo_get (self->draft), back, self->shown, self->cursor);
  if (state == NULL)
    {
      gtk_widget_error_bell (GTK_WIDGET (self));
      return;
    }
  gtk_text_view_reset_im_context (GTK_TEXT_VIEW (self));
  show_source (self, state->source, state->cursor);
  yj_draft_set_cursor (self->draft, self->cursor);
  update_steps (self);
  yj_draft_set_prompt_source (self->draft, state->source);
  gtk_text_view_scroll_mark_onscreen (GTK_TEXT_VIEW (self), gtk_text_buffer_get_insert (self->buffer));
}

static void
undo_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  step (YJ_MENTION_VIEW (widget), TRUE);
}

static void
redo_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  step (YJ_MENTION_VIEW (widget), FALSE);
}

static gboolean
step_cb (GtkWidget *widget,
         GVariant  *parameter,
         gpointer   user_data)
{
  step (YJ_MENTION_VIEW (widget), GPOINTER_TO_INT (user_data));
  return TRUE;
}

/* By keys of our own: the text view sets the state of its actions by what its buffer can undo, which is nothing. */
static void
add_step_keys (YjMentionView *self)
{
  static const struct { const char *keys; gboolean back; } steps[] = {
    { "<Control>z", TRUE }, { "<Control><Shift>z|<Control>y", FALSE },
  };
  GtkEventController *controller = gtk_shortcut_controller_new ();

  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller),
      gtk_shortcut_new (gtk_shortcut_trigger_parse_string (steps[i].keys),
                        gtk_callback_action_new (step_cb, GINT_TO_POINTER (steps[i].back), NULL)));
  gtk_widget_add_controller (GTK_WIDGET (self), controller);
}

/* ---- the object */

static void
yj_mention_view_dispose (GObject *object)
{
  YjMentionView *self = YJ_MENTION_VIEW (object);

  yj_mention_view_set_draft (self, NULL);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->buffer != NULL)
    g_signal_handlers_disconnect_by_data (self->buffer, self);
  self->buffer = NULL;
  g_clear_weak_pointer (&self->chip);
  if (self->menu != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->menu));
  if (self->chip_menu != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->chip_menu));
  if (self->hint != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->hint));
  self->menu = self->chip_menu = NULL;
  self->hint = NULL;

  G_OBJECT_CLASS (yj_mention_view_parent_class)->dispose (object);
}

static void
yj_mention_view_finalize (GObject *object)
{
  g_free (YJ_MENTION_VIEW (object)->shown);
  g_ptr_array_unref (YJ_MENTION_VIEW (object)->marks);

  G_OBJECT_CLASS (yj_mention_view_parent_class)->finalize (object);
}

static void
yj_mention_view_size_allocate (GtkWidget *widget,
                               int        width,
                               int        height,
                               int        baseline)
{
  YjMentionView *self = YJ_MENTION_VIEW (widget);

  GTK_WIDGET_CLASS (yj_mention_view_parent_class)->size_allocate (widget, width, height, baseline);
  gtk_popover_present (GTK_POPOVER (self->menu));
  gtk_popover_present (self->hint);
  gtk_popover_present (GTK_POPOVER (self->chip_menu));
}

static void
yj_mention_view_class_init (YjMentionViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = yj_mention_view_dispose;
  object_class->finalize = yj_mention_view_finalize;
  widget_class->size_allocate = yj_mention_view_size_allocate;
  yj_mention_view_init_clipboard (GTK_TEXT_VIEW_CLASS (klass));

  /* in the place of those of the text view, which know nothing of chips: its keys and its menu lead here */
  gtk_widget_class_install_action (widget_class, "text.undo", NULL, undo_action);
  gtk_widget_class_install_action (widget_class, "text.redo", NULL, redo_action);

  /**
   * YjMentionView::steps-changed:
   *
   * There may be something else to undo or redo.
   */
  signals[SIGNAL_STEPS_CHANGED] = g_signal_new ("steps-changed", YJ_TYPE_MENTION_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                                G_TYPE_NONE, 0);
}

static void
yj_mention_view_init (YjMentionView *self)
{
  self->shown = g_strdup ("");
  self->marks = g_ptr_array_new_with_free_func (g_object_unref);
  self->cancellable = g_cancellable_new ();
  self->buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self));
  self->chinese = gtk_text_buffer_create_tag (self->buffer, NULL, "language", "zh-cn", NULL);
  gtk_text_buffer_set_enable_undo (self->buffer, FALSE);
  g_signal_connect_swapped (self->buffer, "changed", G_CALLBACK (buffer_changed_cb), self);
  g_signal_connect_swapped (self->buffer, "begin-user-action", G_CALLBACK (begin_action_cb), self);
  g_signal_connect_swapped (self->buffer, "end-user-action", G_CALLBACK (end_action_cb), self);
  g_signal_connect_swapped (self->buffer, "notify::cursor-position", G_CALLBACK (cursor_moved_cb), self);
  g_signal_connect (self, "preedit-changed", G_CALLBACK (preedit_cb), NULL);
  yj_mention_view_init_offer (self);
  add_step_keys (self);
  update_steps (self);
}

/* Places in the words of one draft are none in those of another. */
static void
forget_marks (YjMentionView *self)
{
  for (guint i = 0; i < self->marks->len; i++)
    {
      GtkTextMark *mark = g_ptr_array_index (self->marks, i);

      if (!gtk_text_mark_get_deleted (mark))
        gtk_text_buffer_delete_mark (gtk_text_mark_get_buffer (mark), mark);
    }
  g_ptr_array_set_size (self->marks, 0);
}

/**
 * yj_mention_view_set_draft:
 * @self: an editor
 * @draft: (nullable): whose prompt is edited from now on, with the steps that it has had
 */
void
yj_mention_view_set_draft (YjMentionView *self,
                           YjDraft       *draft)
{
  g_return_if_fail (YJ_IS_MENTION_VIEW (self));

  if (self->draft == draft)
    return;
  if (self->draft != NULL)
    g_clear_signal_handler (&self->changed_id, self->draft);
  forget_marks (self);
  g_set_object (&self->draft, draft);
  if (draft == NULL || self->buffer == NULL)
    return;

  self->changed_id = g_signal_connect_object (draft, "changed", G_CALLBACK (draft_changed_cb), self, G_CONNECT_SWAPPED);
  show_source (self, yj_draft_get_prompt_source (draft), yj_draft_get_cursor (draft));
  update_chips (self);
  update_steps (self);
}

void
yj_mention_view_insert_source (YjMentionView *self,
                               const char    *source)
{
  g_autoptr(GPtrArray) pieces = yj_prompt_text_split (source);
  g_autoptr(GArray) cells = list_cells (pieces);
  GtkTextIter iter;

  gtk_text_buffer_begin_user_action (self->buffer);
  gtk_text_buffer_delete_selection (self->buffer, TRUE, TRUE);
  gtk_text_buffer_get_iter_at_mark (self->buffer, &iter, gtk_text_buffer_get_insert (self->buffer));
  insert_cells (self, &iter, cells, 0, cells->len);
  cursor_moved_cb (self);       /* which the buffer does not tell of a chip */
  gtk_text_buffer_end_user_action (self->buffer);
  gtk_text_view_scroll_mark_onscreen (GTK_TEXT_VIEW (self), gtk_text_buffer_get_insert (self->buffer));
}

/**
 * yj_mention_view_mention:
 * @self: an editor
 * @file: a file of the draft
 *
 * Mentions it where the cursor is, and puts the keyboard there.
 */
void
yj_mention_view_mention (YjMentionView *self,
                         YjDraftFile   *file)
{
  g_autofree char *label = NULL, *source = NULL;

  g_return_if_fail (YJ_IS_MENTION_VIEW (self));
  g_return_if_fail (YJ_IS_DRAFT_FILE (file));

  label = yj_draft_dup_label (self->draft, file);
  source = yj_prompt_text_mention (yj_draft_file_get_id (file), label);
  yj_mention_view_insert_source (self, source);
  gtk_widget_grab_focus (GTK_WIDGET (self));
}

/* Whether what stands before a place would run into a mention: a word of letters with spaces between, or a mention. */
static gboolean
runs_on (const GtkTextIter *place)
{
  GtkTextIter iter = *place;

  return gtk_text_iter_backward_char (&iter) &&
         (gtk_text_iter_get_char (&iter) == OBJECT || yj_prompt_text_runs_on (gtk_text_iter_get_char (&iter)));
}

/**
 * yj_mention_view_mark:
 * @self: an editor
 *
 * Keeps the place of the cursor, for what comes later than it was asked for. What is selected is for that, too, as long as
 * nothing else becomes of it.
 *
 * Returns: (transfer full): for yj_mention_view_mention_apart(); deleted once another draft is on show
 */
GtkTextMark *
yj_mention_view_mark (YjMentionView *self)
{
  GtkTextIter start, end;
  GtkTextMark *mark;

  g_return_val_if_fail (YJ_IS_MENTION_VIEW (self), NULL);

  gtk_text_buffer_get_selection_bounds (self->buffer, &start, &end);
  mark = gtk_text_buffer_create_mark (self->buffer, NULL, &start, TRUE);
  g_ptr_array_add (self->marks, g_object_ref (mark));
  if (!gtk_text_iter_equal (&start, &end))
    {
      g_autofree char *selected = yj_mention_view_dup_range (self, &start, &end);

      g_object_set_data_full (G_OBJECT (mark), "yj-selected", g_steal_pointer (&selected), g_free);
    }
  return g_object_ref (mark);
}

/* What was selected when the place was kept makes room, if it is still selected just so; what was selected later does not. */
static void
make_room (YjMentionView *self,
           GtkTextMark   *mark)
{
  g_autofree char *selected = g_object_steal_data (G_OBJECT (mark), "yj-selected"), *now = NULL;
  GtkTextIter start, end, place;

  if (selected == NULL || !gtk_text_buffer_get_selection_bounds (self->buffer, &start, &end))
    return;
  gtk_text_buffer_get_iter_at_mark (self->buffer, &place, mark);
  now = yj_mention_view_dup_range (self, &start, &end);
  if (gtk_text_iter_equal (&start, &place) && g_str_equal (now, selected))
    gtk_text_buffer_delete_selection (self->buffer, TRUE, TRUE);
}

/* Puts @source at @iter, which is behind it then; what is selected up to there ends there still. */
static void
insert_beside (YjMentionView *self,
               GtkTextIter   *iter,
               const char    *source)
{
  g_autoptr(GPtrArray) pieces = yj_prompt_text_split (source);
  g_autoptr(GArray) cells = list_cells (pieces);
  GtkTextMark *insert = gtk_text_buffer_get_insert (self->buffer), *last = NULL;
  GtkTextIter start, end;
  int offset = gtk_text_iter_get_offset (iter);

  if (gtk_text_buffer_get_selection_bounds (self->buffer, &start, &end) && gtk_text_iter_equal (&end, iter))
    {
      gtk_text_buffer_get_iter_at_mark (self->buffer, &start, insert);
      last = gtk_text_iter_equal (&start, &end) ? insert : gtk_text_buffer_get_selection_bound (self->buffer);
    }
  insert_cells (self, iter, cells, 0, cells->len);
  if (last != NULL)
    {
      gtk_text_buffer_get_iter_at_offset (self->buffer, &start, offset);
      gtk_text_buffer_move_mark (self->buffer, last, &start);
    }
}

/**
 * yj_mention_view_mention_apart:
 * @self: an editor
 * @file: a file of the draft
 * @mark: of yj_mention_view_mark(); the next one with it goes behind this one
 *
 * Mentions it there, with a space before where words are set apart by such, in one step that undo takes back. The keyboard
 * stays where it is, and so does the cursor if it has gone elsewhere.
 */
void
yj_mention_view_mention_apart (YjMentionView *self,
                               YjDraftFile   *file,
                               GtkTextMark   *mark)
{
  g_autofree char *label = NULL, *mention = NULL, *source = NULL;
  GtkTextMark *insert;
  GtkTextIter iter, cursor;

  g_return_if_fail (YJ_IS_MENTION_VIEW (self));
  g_return_if_fail (YJ_IS_DRAFT_FILE (file));
  g_return_if_fail (GTK_IS_TEXT_MARK (mark));

  label = yj_draft_dup_label (self->draft, file);
  mention = yj_prompt_text_mention (yj_draft_file_get_id (file), label);
  insert = gtk_text_buffer_get_insert (self->buffer);
  gtk_text_buffer_begin_user_action (self->buffer);
  if (gtk_text_mark_get_deleted (mark))
    mark = insert;
  else
    make_room (self, mark);
  gtk_text_buffer_get_iter_at_mark (self->buffer, &iter, mark);
  source = g_strconcat (runs_on (&iter) ? " " : "", mention, NULL);
  insert_beside (self, &iter, source);
  if (mark != insert)
    gtk_text_buffer_move_mark (self->buffer, mark, &iter);
  cursor_moved_cb (self);       /* which the buffer does not tell of a chip */
  gtk_text_buffer_end_user_action (self->buffer);
  gtk_text_buffer_get_iter_at_mark (self->buffer, &cursor, insert);
  gtk_text_buffer_get_iter_at_mark (self->buffer, &iter, mark);
  if (gtk_text_iter_equal (&cursor, &iter))
    gtk_text_view_scroll_mark_onscreen (GTK_TEXT_VIEW (self), insert);
}

/**
 * yj_mention_view_insert:
 * @self: an editor
 * @text: words
 *
 * Puts them where the cursor is, as if they were typed, and the keyboard there.
 */
void
yj_mention_view_insert (YjMentionView *self,
                        const char    *text)
{
  g_autofree char *source = NULL;

  g_return_if_fail (YJ_IS_MENTION_VIEW (self));

  source = yj_prompt_text_from_plain (text);
  yj_mention_view_insert_source (self, source);
  gtk_widget_grab_focus (GTK_WIDGET (self));
}

/**
 * yj_mention_view_is_empty:
 * @self: an editor
 *
 * Returns: whether nothing stands there, also of a word in the making
 */
gboolean
yj_mention_view_is_empty (YjMentionView *self)
{
  g_return_val_if_fail (YJ_IS_MENTION_VIEW (self), TRUE);

  return gtk_text_buffer_get_char_count (self->buffer) == 0 && !self->composing;
}

/**
 * yj_mention_view_is_composing:
 * @self: an editor
 *
 * Returns: whether a word is in the making in the input method
 */
gboolean
yj_mention_view_is_composing (YjMentionView *self)
{
  g_return_val_if_fail (YJ_IS_MENTION_VIEW (self), FALSE);

  return self->composing;
}
