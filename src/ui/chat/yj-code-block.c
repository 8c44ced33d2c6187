/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-code-block"

#include "yj-code-block.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <string.h>

#include "yj-code-lines.h"
#include "yj-code-save.h"
#include "yj-copy-button.h"
#include "yj-highlight.h"
#include "yj-text-piece.h"
#include "yj-text.h"

/* Code, or a formula's source, with its language and a button to copy it. The text is in labels of some lines each: code
 * that grows costs the last of them only, and unlike a text view's their height is known at once, so that nothing
 * jumps. Colours come when there is time for them. */

#define LINES_PER_LABEL 40      /* code of more lines is folded to the first label */
#define COLOUR_DELAY 150        /* ms */
#define COLOUR_AT_ONCE 8192     /* bytes; longer code gets its colours when it has stopped growing */
#define COLOUR_MOST (256 * 1024) /* bytes; longer code has none, as to read it would hold up everything else */

struct _YjCodeBlock
{
  GtkWidget  parent_instance;

  GtkWidget *language_label;
  GtkWidget *wrap_button;
  GtkWidget *copy_button;
  GtkWidget *scroller;
  GtkWidget *more_button;
  GtkWidget *lines;             /* of labels */
  GPtrArray *labels;            /* borrowed */
  GArray    *starts;            /* of gsize: where the text of each label begins in the code */

  YjBlock   *block;
  char      *language;          /* of the header; "" before there is one */
  gboolean   chinese;
  gboolean   wrapped;
  guint      colour_source;
  YjHighlight *highlight;       /* reads the code in steps; NULL: not at the moment */
  gsize      coloured;          /* length of the code at the last look */
  gboolean   fresh;             /* the colours are those of what is to be seen */
};

static void yj_code_block_text_piece_init (YjTextPieceInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (YjCodeBlock, yj_code_block, GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (YJ_TYPE_TEXT_PIECE, yj_code_block_text_piece_init))

static const char *
get_language (YjCodeBlock *self)
{
  return self->block->kind == YJ_BLOCK_MATH ? "latex" : self->block->language;
}

/* ---- colours */

/* What of @all each label has: both go forward, so that each attribute is looked at once. */
static GPtrArray *
part_attributes (YjCodeBlock   *self,
                 PangoAttrList *all)
{
  GPtrArray *parts = g_ptr_array_new_with_free_func ((GDestroyNotify) pango_attr_list_unref);
  GSList *attributes = all != NULL ? pango_attr_list_get_attributes (all) : NULL;
  const gsize *starts = (const gsize *) (gpointer) self->starts->data;
  guint first = 0;

  for (guint i = 0; i < self->labels->len; i++)
    g_ptr_array_add (parts, pango_attr_list_new ());
  for (GSList *l = attributes; l != NULL; l = l->next)
    {
      const PangoAttribute *attribute = l->data;

      while (first + 1 < parts->len && starts[first + 1] <= attribute->start_index)
        first++;
      for (guint i = first; i < parts->len && starts[i] < attribute->end_index; i++)
        {
          PangoAttribute *part = pango_attribute_copy (attribute);

          part->start_index = MAX (attribute->start_index, starts[i]) - starts[i];
          part->end_index = (i + 1 < parts->len ? MIN (attribute->end_index, starts[i + 1]) : attribute->end_index) - starts[i];
          pango_attr_list_insert (g_ptr_array_index (parts, i), part);
        }
    }
  g_slist_free_full (attributes, (GDestroyNotify) pango_attribute_destroy);
  return parts;
}

static void
set_attributes (YjCodeBlock   *self,
                PangoAttrList *all)
{
  g_autoptr(GPtrArray) parts = part_attributes (self, all);

  for (guint i = 0; i < self->labels->len; i++)
    {
      GtkLabel *label = g_ptr_array_index (self->labels, i);
      PangoAttrList *list = g_ptr_array_index (parts, i);

      if (self->chinese && yj_text_has_han (gtk_label_get_text (label)))
        pango_attr_list_insert (list, pango_attr_language_new (pango_language_from_string ("zh-cn")));
      gtk_label_set_attributes (label, list);
    }
}

/* Of folded code, what is to be seen: the rest is read when it is unfolded. */
static YjHighlight *
begin_colours (YjCodeBlock *self)
{
  gboolean dark = adw_style_manager_get_dark (adw_style_manager_get_default ());
  gboolean folded = self->labels->len > 1 && !self->block->unfolded;
  g_autofree char *seen = folded ? g_strndup (self->block->text, g_array_index (self->starts, gsize, 1)) : NULL;
  const char *code = folded ? seen : self->block->text;

  return strlen (code) <= COLOUR_MOST ? yj_highlight_new (get_language (self), code, dark) : NULL;
}

static void
stop_colours (YjCodeBlock *self)
{
  g_clear_handle_id (&self->colour_source, g_source_remove);
  g_clear_pointer (&self->highlight, yj_highlight_free);
}

static gboolean
step_cb (gpointer user_data)
{
  YjCodeBlock *self = user_data;
  PangoAttrList *list = self->highlight != NULL ? yj_highlight_step (self->highlight) : NULL;

  if (self->highlight != NULL && list == NULL)
    return G_SOURCE_CONTINUE;
  self->colour_source = 0;
  self->fresh = TRUE;
  set_attributes (self, list);
  g_clear_pointer (&self->highlight, yj_highlight_free);
  return G_SOURCE_REMOVE;
}

static gboolean
colour_cb (gpointer user_data)
{
  YjCodeBlock *self = user_data;
  gsize length = strlen (self->block->text);

  if (length > COLOUR_AT_ONCE && length != self->coloured)
    {
      self->coloured = length;
      return G_SOURCE_CONTINUE;
    }
  self->colour_source = 0;
  self->coloured = length;
  self->highlight = begin_colours (self);
  if (step_cb (self) == G_SOURCE_CONTINUE)
    self->colour_source = g_idle_add_full (G_PRIORITY_LOW, step_cb, self, NULL);
  return G_SOURCE_REMOVE;
}

static void
queue_colours (YjCodeBlock *self)
{
  if (self->colour_source == 0 && !self->fresh && self->block != NULL && get_language (self) != NULL && gtk_widget_get_mapped (GTK_WIDGET (self)))
    self->colour_source = g_timeout_add_full (G_PRIORITY_LOW, COLOUR_DELAY, colour_cb, self, NULL);
}

/* The colours there are do for another text or ground no more. */
static void
renew_colours (YjCodeBlock *self)
{
  self->fresh = FALSE;
  if (self->highlight != NULL)
    stop_colours (self);
  queue_colours (self);
}

static void
yj_code_block_map (GtkWidget *widget)
{
  YjCodeBlock *self = YJ_CODE_BLOCK (widget);

  GTK_WIDGET_CLASS (yj_code_block_parent_class)->map (widget);

  queue_colours (self);
}

static void
yj_code_block_unmap (GtkWidget *widget)
{
  YjCodeBlock *self = YJ_CODE_BLOCK (widget);

  stop_colours (self);

  GTK_WIDGET_CLASS (yj_code_block_parent_class)->unmap (widget);
}

/* ---- text */

static GtkLabel *
add_label (YjCodeBlock *self,
           gsize        start)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "monospace");
  gtk_widget_set_direction (label, GTK_TEXT_DIR_LTR);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_wrap (GTK_LABEL (label), self->wrapped);
  gtk_box_append (GTK_BOX (self->lines), label);
  g_ptr_array_add (self->labels, label);
  g_array_append_val (self->starts, start);
  return GTK_LABEL (label);
}

static gsize
skip_lines (const char *code,
            gsize       start,
            guint       n)
{
  const char *p = code + start;

  while (n > 0 && (p = strchr (p, '\n')) != NULL)
    {
      p++;
      n--;
    }
  return n > 0 ? strlen (code) : (gsize) (p - code);
}

static void
set_label (GtkLabel   *label,
           const char *code,
           gsize       start,
           gsize       end)
{
  g_autofree char *text = NULL;

  if (end > start && code[end] != '\0' && code[end - 1] == '\n')
    end--;
  text = g_strndup (code + start, end - start);
  if (strcmp (text, gtk_label_get_text (label)) != 0)
    gtk_label_set_text (label, text);
}

/* @kept: bytes at the beginning that are as before. */
static void
update_labels (YjCodeBlock *self,
               gsize        kept)
{
  const char *code = self->block->text;
  gsize length = strlen (code);
  guint i = 0;
  gsize start, end;

  while (i + 1 < self->starts->len && g_array_index (self->starts, gsize, i + 1) <= kept)
    i++;
  start = i < self->starts->len ? g_array_index (self->starts, gsize, i) : 0;
  do
    {
      GtkLabel *label = i < self->labels->len ? g_ptr_array_index (self->labels, i) : add_label (self, start);

      g_array_index (self->starts, gsize, i) = start;
      end = skip_lines (code, start, LINES_PER_LABEL);
      set_label (label, code, start, end);
      start = end;
      i++;
    }
  while (start < length);

  while (self->labels->len > i)
    {
      gtk_box_remove (GTK_BOX (self->lines), g_ptr_array_index (self->labels, self->labels->len - 1));
      g_ptr_array_set_size (self->labels, self->labels->len - 1);
      g_array_set_size (self->starts, self->labels->len);
    }
}

/* ---- how it is shown */

static guint
count_lines (const char *code)
{
  guint lines = 1;

  for (const char *p = code; (p = strchr (p, '\n')) != NULL && p[1] != '\0'; p++)
    lines++;
  return lines;
}

static void
update_fold (YjCodeBlock *self)
{
  gboolean is_long = self->labels->len > 1;
  gboolean folded = is_long && !self->block->unfolded;

  for (guint i = 1; i < self->labels->len; i++)
    gtk_widget_set_visible (g_ptr_array_index (self->labels, i), !folded);
  gtk_widget_set_visible (self->more_button, is_long);
  if (folded)
    {
      guint lines = count_lines (self->block->text);
      /* translators: %u is the number of lines of long code */
      g_autofree char *label = g_strdup_printf (ngettext ("Show All %u Line", "Show All %u Lines", lines), lines);

      gtk_button_set_label (GTK_BUTTON (self->more_button), label);
    }
  else if (is_long)
    gtk_button_set_label (GTK_BUTTON (self->more_button), _("Show Less"));
}

static void
more_cb (YjCodeBlock *self)
{
  self->block->unfolded = !self->block->unfolded;
  update_fold (self);
  if (self->block->unfolded)
    renew_colours (self);
}

/* A scroller gives its child all the width it wants, so that wrapped lines cannot stand in one. */
static void
set_wrapped (YjCodeBlock *self,
             gboolean     wrapped)
{
  g_autoptr(GtkWidget) lines = g_object_ref (self->lines);

  if (wrapped == self->wrapped)
    return;
  self->wrapped = wrapped;
  for (guint i = 0; i < self->labels->len; i++)
    gtk_label_set_wrap (g_ptr_array_index (self->labels, i), wrapped);
  if (wrapped)
    {
      gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), NULL);
      gtk_widget_insert_after (lines, GTK_WIDGET (self), self->scroller);
    }
  else
    {
      gtk_widget_unparent (lines);
      gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), lines);
    }
  gtk_widget_set_visible (self->scroller, !wrapped);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->wrap_button), wrapped);
}

static void
wrap_cb (YjCodeBlock *self)
{
  if (self->block == NULL)
    return;
  self->block->wrapped = gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->wrap_button));
  set_wrapped (self, self->block->wrapped);
}

static void
save_cb (YjCodeBlock *self)
{
  yj_code_save (GTK_WIDGET (self), get_language (self), self->block->text);
}

/* ---- what is marked */

static guint
yj_code_block_get_offset (YjTextPiece *piece,
                          double       x,
                          double       y)
{
  YjCodeBlock *self = YJ_CODE_BLOCK (piece);
  guint best = 0;

  for (guint i = 0; i < self->labels->len; i++)
    {
      graphene_rect_t box;

      if (gtk_widget_get_visible (g_ptr_array_index (self->labels, i)) &&
          gtk_widget_compute_bounds (g_ptr_array_index (self->labels, i), GTK_WIDGET (self), &box) && box.origin.y <= y)
        best = i;
    }
  return g_array_index (self->starts, gsize, best) +
         yj_label_get_offset (GTK_WIDGET (self), g_ptr_array_index (self->labels, best), x, y);
}

static void
yj_code_block_get_caret (YjTextPiece     *piece,
                         guint            offset,
                         graphene_rect_t *caret)
{
  YjCodeBlock *self = YJ_CODE_BLOCK (piece);
  guint i = 0;

  while (i + 1 < self->starts->len && g_array_index (self->starts, gsize, i + 1) <= offset)
    i++;
  yj_label_get_caret (GTK_WIDGET (self), g_ptr_array_index (self->labels, i), offset - g_array_index (self->starts, gsize, i), caret);
}

static void
yj_code_block_set_marked (YjTextPiece *piece,
                          guint        start,
                          guint        end)
{
  YjCodeBlock *self = YJ_CODE_BLOCK (piece);

  yj_code_lines_set_marked (YJ_CODE_LINES (self->lines), start, end);
}

static void
yj_code_block_text_piece_init (YjTextPieceInterface *iface)
{
  iface->get_offset = yj_code_block_get_offset;
  iface->get_caret = yj_code_block_get_caret;
  iface->set_marked = yj_code_block_set_marked;
}

/* ---- the object */

static void
yj_code_block_dispose (GObject *object)
{
  YjCodeBlock *self = YJ_CODE_BLOCK (object);
  GtkWidget *child;

  stop_colours (self);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_pointer (&self->block, yj_block_unref);

  G_OBJECT_CLASS (yj_code_block_parent_class)->dispose (object);
}

static void
yj_code_block_finalize (GObject *object)
{
  YjCodeBlock *self = YJ_CODE_BLOCK (object);

  g_ptr_array_unref (self->labels);
  g_array_unref (self->starts);
  g_free (self->language);

  G_OBJECT_CLASS (yj_code_block_parent_class)->finalize (object);
}

static void
yj_code_block_class_init (YjCodeBlockClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = yj_code_block_dispose;
  object_class->finalize = yj_code_block_finalize;
  widget_class->map = yj_code_block_map;
  widget_class->unmap = yj_code_block_unmap;

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "yj-code");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
yj_code_block_init (YjCodeBlock *self)
{
  GtkWidget *header = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 2);
  GtkWidget *save = gtk_button_new_from_icon_name ("document-save-symbolic");

  self->labels = g_ptr_array_new ();
  self->starts = g_array_new (FALSE, FALSE, sizeof (gsize));
  self->language = g_strdup ("");
  gtk_orientable_set_orientation (GTK_ORIENTABLE (gtk_widget_get_layout_manager (GTK_WIDGET (self))), GTK_ORIENTATION_VERTICAL);

  self->language_label = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->language_label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (self->language_label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (self->language_label, TRUE);
  gtk_widget_add_css_class (self->language_label, "caption");
  gtk_widget_add_css_class (self->language_label, "dimmed");
  gtk_box_append (GTK_BOX (header), self->language_label);

  self->wrap_button = gtk_toggle_button_new ();
  gtk_button_set_icon_name (GTK_BUTTON (self->wrap_button), "yj-wrap-lines-symbolic");
  gtk_widget_set_tooltip_text (self->wrap_button, _("Wrap Lines"));
  gtk_widget_add_css_class (self->wrap_button, "flat");
  g_signal_connect_swapped (self->wrap_button, "toggled", G_CALLBACK (wrap_cb), self);
  gtk_box_append (GTK_BOX (header), self->wrap_button);

  gtk_widget_set_tooltip_text (save, _("Save Code"));
  gtk_widget_add_css_class (save, "flat");
  g_signal_connect_swapped (save, "clicked", G_CALLBACK (save_cb), self);
  gtk_box_append (GTK_BOX (header), save);

  self->copy_button = yj_copy_button_new (_("Copy Code"));
  gtk_box_append (GTK_BOX (header), self->copy_button);
  gtk_widget_add_css_class (header, "header");
  gtk_widget_set_parent (header, GTK_WIDGET (self));

  self->lines = yj_code_lines_new ();
  gtk_widget_add_css_class (self->lines, "lines");
  self->scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller), GTK_POLICY_AUTOMATIC, GTK_POLICY_NEVER);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), self->lines);
  gtk_widget_set_parent (self->scroller, GTK_WIDGET (self));

  self->more_button = gtk_button_new ();
  gtk_widget_add_css_class (self->more_button, "flat");
  gtk_widget_add_css_class (self->more_button, "yj-more");
  gtk_widget_set_visible (self->more_button, FALSE);
  g_signal_connect_swapped (self->more_button, "clicked", G_CALLBACK (more_cb), self);
  gtk_widget_set_parent (self->more_button, GTK_WIDGET (self));

  g_signal_connect_object (adw_style_manager_get_default (), "notify::dark", G_CALLBACK (renew_colours), self, G_CONNECT_SWAPPED);
}

/**
 * yj_code_block_new:
 *
 * Returns: (transfer floating): an empty one
 */
GtkWidget *
yj_code_block_new (void)
{
  return g_object_new (YJ_TYPE_CODE_BLOCK, NULL);
}

/**
 * yj_code_block_set_block:
 * @self: a code block
 * @block: code, or a formula
 * @chinese: whether ideographs are to have Chinese shapes
 *
 * Shows @block; where it goes on from what was shown, only the end is touched.
 */
void
yj_code_block_set_block (YjCodeBlock *self,
                         YjBlock     *block,
                         gboolean     chinese)
{
  gsize kept = 0;

  g_return_if_fail (YJ_IS_CODE_BLOCK (self));
  g_return_if_fail (block->kind == YJ_BLOCK_CODE || block->kind == YJ_BLOCK_MATH);

  if (self->block != NULL)
    while (self->block->text[kept] != '\0' && self->block->text[kept] == block->text[kept])
      kept++;
  if (self->block != NULL && self->block != block)
    {
      block->unfolded |= self->block->unfolded;
      block->wrapped |= self->block->wrapped;
    }
  yj_block_ref (block);
  g_clear_pointer (&self->block, yj_block_unref);
  self->block = block;
  self->chinese = chinese;

  if (g_strcmp0 (self->language, get_language (self)) != 0)
    {
      g_autofree char *name = NULL;

      g_set_str (&self->language, get_language (self));
      name = block->kind == YJ_BLOCK_MATH ? g_strdup (_("Formula")) : yj_highlight_dup_name (block->language);
      gtk_label_set_text (GTK_LABEL (self->language_label), name != NULL ? name : _("Code"));
    }
  set_wrapped (self, block->wrapped);
  update_labels (self, kept);
  update_fold (self);
  yj_copy_button_set_text (YJ_COPY_BUTTON (self->copy_button), block->text);
  if (get_language (self) == NULL && chinese && yj_text_has_han (block->text))
    set_attributes (self, NULL);
  renew_colours (self);
}
