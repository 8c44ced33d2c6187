/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-rich-label"

#include "yj-rich-label.h"

#include <adwaita.h>

#include "yj-inline-code.h"
#include "yj-inline-math.h"
#include "yj-label-growth.h"
#include "yj-link-stop.h"
#include "yj-link.h"
#include "yj-text-piece.h"
#include "yj-text.h"

#define MOST_STOPS 200          /* links of one label that the keyboard stops at; the pointer finds the others too */

/* One block's text with its styles and links, in a label. The text is somebody else's, so it is set with attributes and
 * never as markup; links, which a label knows from markup only, are done here. What is selected is drawn here too: it is
 * part of one selection over all messages, which a label knows nothing of. */
struct _YjRichLabel
{
  GtkWidget     parent_instance;

  GtkLabel     *label;
  YjBlock      *block;
  GPtrArray    *links;          /* of YjLinkStop, borrowed, one for each of the first links; NULL: there was never one */
  gboolean      chinese;
  gboolean      has_code;
  YjInlineMath *math;           /* NULL where there are no formulas */
  guint         math_source;    /* sets them anew */
  YjLabelGrowth *growth;        /* text that the label has not been given yet; NULL: the label may be of any width */
  guint         marked_start;
  guint         marked_end;
};

static void yj_rich_label_text_piece_init (YjTextPieceInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (YjRichLabel, yj_rich_label, GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (YJ_TYPE_TEXT_PIECE, yj_rich_label_text_piece_init))

/* ---- links */

static const YjSpan *
find_link (YjRichLabel *self,
           double       x,
           double       y)
{
  PangoLayout *layout;
  graphene_point_t point = GRAPHENE_POINT_INIT (x, y);
  int left, top, index, trailing;

  if (self->links == NULL || self->links->len == 0 ||
      !gtk_widget_compute_point (GTK_WIDGET (self), GTK_WIDGET (self->label), &point, &point))
    return NULL;
  layout = gtk_label_get_layout (self->label);
  gtk_label_get_layout_offsets (self->label, &left, &top);
  if (!pango_layout_xy_to_index (layout, (point.x - left) * PANGO_SCALE, (point.y - top) * PANGO_SCALE, &index, &trailing))
    return NULL;
  for (guint i = 0; i < self->block->spans->len; i++)
    {
      const YjSpan *span = &g_array_index (self->block->spans, YjSpan, i);

      if (span->uri != NULL && (guint) index >= span->start && (guint) index < span->end)
        return span;
    }
  return NULL;
}

/* A click that was no drag: what drags takes the pointer, and this does not hear of its end. */
static void
released_cb (YjRichLabel     *self,
             int              n_press,
             double           x,
             double           y,
             GtkGestureClick *gesture)
{
  const YjSpan *link = n_press == 1 ? find_link (self, x, y) : NULL;

  if (link != NULL)
    yj_link_open (GTK_WIDGET (self), link->uri);
}

static void
motion_cb (YjRichLabel              *self,
           double                    x,
           double                    y,
           GtkEventControllerMotion *motion)
{
  if (find_link (self, x, y) != NULL)
    gtk_widget_set_cursor_from_name (GTK_WIDGET (self), "pointer");
  else
    gtk_widget_set_cursor (GTK_WIDGET (self), yj_label_get_cursor ());
}

static gboolean
query_tooltip_cb (YjRichLabel *self,
                  int          x,
                  int          y,
                  gboolean     keyboard_mode,
                  GtkTooltip  *tooltip)
{
  const YjSpan *link = keyboard_mode ? NULL : find_link (self, x, y);
  g_autofree char *host = NULL;

  if (link == NULL)
    return FALSE;
  host = yj_link_dup_host (link->uri);
  gtk_tooltip_set_text (tooltip, host);
  return TRUE;
}

static void style_changed_cb (YjRichLabel *self);

/* What only a label with links needs. */
static void
become_link_label (YjRichLabel *self)
{
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkGesture *click = gtk_gesture_click_new ();
  AdwStyleManager *style = adw_style_manager_get_default ();

  self->links = g_ptr_array_new ();
  g_signal_connect_swapped (motion, "motion", G_CALLBACK (motion_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
  g_signal_connect_swapped (click, "released", G_CALLBACK (released_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
  g_signal_connect (self, "query-tooltip", G_CALLBACK (query_tooltip_cb), NULL);
  g_signal_connect_object (style, "notify::dark", G_CALLBACK (style_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (style, "notify::accent-color", G_CALLBACK (style_changed_cb), self, G_CONNECT_SWAPPED);
}

/* The next link from span @i on, which may be of several spans with looks of their own. */
static const char *
next_link (YjRichLabel *self,
           guint       *i,
           guint       *start,
           guint       *end)
{
  const char *uri = NULL;

  for (; self->block->spans != NULL && *i < self->block->spans->len; (*i)++)
    {
      const YjSpan *span = &g_array_index (self->block->spans, YjSpan, *i);

      if (uri != NULL && (span->start != *end || g_strcmp0 (uri, span->uri) != 0))
        break;
      if (span->uri == NULL)
        continue;
      if (uri == NULL)
        *start = span->start;
      uri = span->uri;
      *end = span->end;
    }
  return uri;
}

static void
update_links (YjRichLabel *self)
{
  const char *uri;
  guint n = 0, i = 0, start, end;

  while (n < MOST_STOPS && (uri = next_link (self, &i, &start, &end)) != NULL)
    {
      g_autofree char *text = g_strndup (self->block->text + start, end - start);

      if (self->links == NULL)
        become_link_label (self);
      if (n == self->links->len)
        {
          GtkWidget *stop = yj_link_stop_new ();

          gtk_widget_insert_before (stop, GTK_WIDGET (self), NULL);
          g_ptr_array_add (self->links, stop);
        }
      yj_link_stop_set (g_ptr_array_index (self->links, n++), text, uri);
    }
  while (self->links != NULL && self->links->len > n)
    {
      gtk_widget_unparent (g_ptr_array_index (self->links, self->links->len - 1));
      g_ptr_array_set_size (self->links, self->links->len - 1);
    }
}

/* Over the first line of each link. */
static void
allocate_links (YjRichLabel *self)
{
  guint i = 0, from, to;

  for (guint n = 0; n < self->links->len && next_link (self, &i, &from, &to) != NULL; n++)
    {
      graphene_rect_t start, end;
      GtkAllocation box;

      yj_label_get_caret (GTK_WIDGET (self), self->label, from, &start);
      yj_label_get_caret (GTK_WIDGET (self), self->label, to, &end);
      box = (GtkAllocation) { MIN (start.origin.x, end.origin.x), start.origin.y,
                              ABS (end.origin.x - start.origin.x), start.size.height };
      if (end.origin.y > start.origin.y)
        {
          box.x = start.origin.x;
          box.width = gtk_widget_get_width (GTK_WIDGET (self)) - box.x;
        }
      box.width = MAX (box.width, 1);
      box.height = MAX (box.height, 1);
      gtk_widget_size_allocate (g_ptr_array_index (self->links, n), &box, -1);
    }
}

/* ---- looks */

static void
add (PangoAttrList  *list,
     PangoAttribute *attribute,
     const YjSpan   *span)
{
  attribute->start_index = span->start;
  attribute->end_index = span->end;
  pango_attr_list_insert (list, attribute);
}

static void
add_link (PangoAttrList *list,
          const YjSpan  *span)
{
  AdwStyleManager *style = adw_style_manager_get_default ();
  GdkRGBA c;

  adw_accent_color_to_standalone_rgba (adw_style_manager_get_accent_color (style), adw_style_manager_get_dark (style), &c);
  add (list, pango_attr_foreground_new (c.red * 65535, c.green * 65535, c.blue * 65535), span);
  add (list, pango_attr_underline_new (PANGO_UNDERLINE_SINGLE), span);
}

static gboolean
is_drawn (YjRichLabel  *self,
          const YjSpan *span)
{
  return (span->style & YJ_STYLE_MATH) && self->math != NULL && yj_inline_math_has (self->math, span);
}

/* The desktop's font for code, as the style class has it. */
static const char *
get_code_family (void)
{
  const char *name = adw_style_manager_get_monospace_font_name (adw_style_manager_get_default ());
  g_autoptr(PangoFontDescription) font = pango_font_description_from_string (name);
  const char *family = pango_font_description_get_family (font);

  return g_intern_string (family != NULL ? family : "monospace");
}

static void
add_attributes (YjRichLabel   *self,
                PangoAttrList *list)
{
  for (guint i = 0; self->block->spans != NULL && i < self->block->spans->len; i++)
    {
      const YjSpan *span = &g_array_index (self->block->spans, YjSpan, i);

      if (is_drawn (self, span))
        continue;
      if (span->style & YJ_STYLE_STRONG)
        add (list, pango_attr_weight_new (PANGO_WEIGHT_BOLD), span);
      if (span->style & YJ_STYLE_EMPHASIS)
        add (list, pango_attr_style_new (PANGO_STYLE_ITALIC), span);
      if (span->style & YJ_STYLE_STRIKE)
        add (list, pango_attr_strikethrough_new (TRUE), span);
      if (span->style & (YJ_STYLE_CODE | YJ_STYLE_MATH))
        add (list, pango_attr_family_new (get_code_family ()), span);
      if (span->style & (YJ_STYLE_CODE | YJ_STYLE_MATH))
        add (list, pango_attr_scale_new (0.92), span);
      if (span->uri != NULL)
        add_link (list, span);
    }
  if (self->chinese && yj_text_has_han (self->block->text))
    pango_attr_list_insert (list, pango_attr_language_new (pango_language_from_string ("zh-cn")));
}

static void
update_attributes (YjRichLabel *self)
{
  g_autoptr(PangoAttrList) list = pango_attr_list_new ();

  if (self->math != NULL)
    yj_inline_math_update (self->math, self->block, gtk_widget_get_pango_context (GTK_WIDGET (self->label)), list);
  add_attributes (self, list);
  gtk_label_set_attributes (self->label, list);
}

/* Gives the label what has been drawn without it. */
static void
catch_up (gpointer data)
{
  YjRichLabel *self = data;

  gtk_label_set_text (self->label, self->block->text);
  update_attributes (self);
}

static void
style_changed_cb (YjRichLabel *self)
{
  if (self->links != NULL && self->links->len > 0)
    update_attributes (self);
}

/* ---- formulas */

static gboolean
update_math_cb (gpointer user_data)
{
  YjRichLabel *self = user_data;

  self->math_source = 0;
  update_attributes (self);
  return G_SOURCE_REMOVE;
}

/* ---- what is marked */

static guint
yj_rich_label_get_offset (YjTextPiece *piece,
                          double       x,
                          double       y)
{
  YjRichLabel *self = YJ_RICH_LABEL (piece);

  yj_label_growth_end (self->growth);
  return yj_label_get_offset (GTK_WIDGET (self), self->label, x, y);
}

static void
yj_rich_label_get_caret (YjTextPiece     *piece,
                         guint            offset,
                         graphene_rect_t *caret)
{
  YjRichLabel *self = YJ_RICH_LABEL (piece);

  yj_label_growth_end (self->growth);
  yj_label_get_caret (GTK_WIDGET (self), self->label, offset, caret);
}

static void
yj_rich_label_set_marked (YjTextPiece *piece,
                          guint        start,
                          guint        end)
{
  YjRichLabel *self = YJ_RICH_LABEL (piece);

  if (self->marked_start == start && self->marked_end == end)
    return;
  yj_label_growth_end (self->growth);
  self->marked_start = start;
  self->marked_end = end;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
yj_rich_label_text_piece_init (YjTextPieceInterface *iface)
{
  iface->get_offset = yj_rich_label_get_offset;
  iface->get_caret = yj_rich_label_get_caret;
  iface->set_marked = yj_rich_label_set_marked;
}

/* ---- the widget */

static void
yj_rich_label_snapshot (GtkWidget   *widget,
                        GtkSnapshot *snapshot)
{
  YjRichLabel *self = YJ_RICH_LABEL (widget);
  PangoLayout *grown = yj_label_growth_get_layout (self->growth);

  if (self->has_code)
    yj_inline_code_snapshot (self->block, self->math, self->label, grown, snapshot);
  if (grown != NULL)
    {
      yj_label_growth_snapshot (self->growth, snapshot);
      return;
    }
  if (self->marked_start < self->marked_end)
    yj_label_snapshot_marked (widget, self->label, self->marked_start, self->marked_end, snapshot);

  GTK_WIDGET_CLASS (yj_rich_label_parent_class)->snapshot (widget, snapshot);

  if (self->math == NULL)
    return;
  yj_inline_math_snapshot (self->math, self->label, snapshot);
  if (self->math_source == 0 && yj_inline_math_is_stale (self->math, gtk_widget_get_pango_context (GTK_WIDGET (self->label))))
    self->math_source = g_idle_add_full (GTK_PRIORITY_RESIZE - 1, update_math_cb, self, NULL);
}

/* The first moment in which the fonts are known for certain. */
static void
yj_rich_label_map (GtkWidget *widget)
{
  YjRichLabel *self = YJ_RICH_LABEL (widget);

  if (self->math != NULL && yj_inline_math_is_stale (self->math, gtk_widget_get_pango_context (GTK_WIDGET (self->label))))
    update_attributes (self);

  GTK_WIDGET_CLASS (yj_rich_label_parent_class)->map (widget);
}

static GtkSizeRequestMode
yj_rich_label_get_request_mode (GtkWidget *widget)
{
  return gtk_widget_get_request_mode (GTK_WIDGET (YJ_RICH_LABEL (widget)->label));
}

static void
yj_rich_label_measure (GtkWidget      *widget,
                       GtkOrientation  orientation,
                       int             for_size,
                       int            *minimum,
                       int            *natural,
                       int            *minimum_baseline,
                       int            *natural_baseline)
{
  gtk_widget_measure (GTK_WIDGET (YJ_RICH_LABEL (widget)->label), orientation, for_size, minimum, natural,
                      minimum_baseline, natural_baseline);
}

static void
yj_rich_label_size_allocate (GtkWidget *widget,
                             int        width,
                             int        height,
                             int        baseline)
{
  YjRichLabel *self = YJ_RICH_LABEL (widget);

  gtk_widget_allocate (GTK_WIDGET (self->label), width, height, baseline, NULL);
  yj_label_growth_check (self->growth);
  if (self->links != NULL)
    allocate_links (self);
}

static void
yj_rich_label_dispose (GObject *object)
{
  YjRichLabel *self = YJ_RICH_LABEL (object);

  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_pointer (&self->links, g_ptr_array_unref);
  g_clear_handle_id (&self->math_source, g_source_remove);
  g_clear_pointer (&self->math, yj_inline_math_free);
  g_clear_pointer (&self->growth, yj_label_growth_free);
  g_clear_pointer (&self->block, yj_block_unref);
  self->has_code = FALSE;

  G_OBJECT_CLASS (yj_rich_label_parent_class)->dispose (object);
}

static void
yj_rich_label_class_init (YjRichLabelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = yj_rich_label_dispose;
  widget_class->map = yj_rich_label_map;
  widget_class->snapshot = yj_rich_label_snapshot;
  widget_class->get_request_mode = yj_rich_label_get_request_mode;
  widget_class->measure = yj_rich_label_measure;
  widget_class->size_allocate = yj_rich_label_size_allocate;

  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GENERIC);
}

static void
yj_rich_label_init (YjRichLabel *self)
{
  self->label = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_wrap (self->label, TRUE);
  gtk_label_set_wrap_mode (self->label, PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (self->label, 0);
  gtk_widget_set_parent (GTK_WIDGET (self->label), GTK_WIDGET (self));
  gtk_widget_set_cursor (GTK_WIDGET (self), yj_label_get_cursor ());
}

/**
 * yj_rich_label_new:
 *
 * Returns: (transfer floating): an empty one
 */
GtkWidget *
yj_rich_label_new (void)
{
  return g_object_new (YJ_TYPE_RICH_LABEL, NULL);
}

static void
look_at_spans (YjRichLabel *self)
{
  gboolean has_math = FALSE;

  self->has_code = FALSE;
  for (guint i = 0; self->block->spans != NULL && i < self->block->spans->len; i++)
    {
      const YjSpan *span = &g_array_index (self->block->spans, YjSpan, i);

      self->has_code |= (span->style & (YJ_STYLE_CODE | YJ_STYLE_MATH)) != 0;
      has_math |= (span->style & YJ_STYLE_MATH) != 0;
    }
  if (has_math && self->math == NULL)
    self->math = yj_inline_math_new ();
  else if (!has_math)
    g_clear_pointer (&self->math, yj_inline_math_free);
}

static gboolean
has_special (const YjBlock *block)
{
  for (guint i = 0; block->spans != NULL && i < block->spans->len; i++)
    {
      const YjSpan *span = &g_array_index (block->spans, YjSpan, i);

      if (span->uri != NULL || (span->style & YJ_STYLE_MATH))
        return TRUE;
    }
  return FALSE;
}

/* Whether the text is shown by a mere painting: as long as it grows within its last line, nothing else has to move. */
static gboolean
grow (YjRichLabel *self,
      YjBlock     *old)
{
  g_autoptr(PangoAttrList) list = NULL;

  if (self->growth == NULL || old == NULL || self->marked_start < self->marked_end || has_special (old) || has_special (self->block) ||
      !g_str_has_prefix (self->block->text, gtk_label_get_text (self->label)))
    return FALSE;
  list = pango_attr_list_new ();
  add_attributes (self, list);
  return yj_label_growth_take (self->growth, self->block->text, list);
}

/**
 * yj_rich_label_set_block:
 * @self: a rich label
 * @block: a block with text
 * @chinese: whether ideographs are to have Chinese shapes
 *
 * Shows the text of @block.
 */
void
yj_rich_label_set_block (YjRichLabel *self,
                         YjBlock     *block,
                         gboolean     chinese)
{
  g_autoptr(YjBlock) old = NULL;

  g_return_if_fail (YJ_IS_RICH_LABEL (self));
  g_return_if_fail (block->text != NULL);

  old = g_steal_pointer (&self->block);
  self->block = yj_block_ref (block);
  look_at_spans (self);
  if (self->chinese == chinese && grow (self, old))
    return;
  self->chinese = chinese;
  yj_label_growth_drop (self->growth);
  gtk_label_set_text (self->label, block->text);
  update_attributes (self);
  update_links (self);
}

/**
 * yj_rich_label_set_fills:
 * @self: a rich label
 *
 * Says that its width never depends on its text, as that of a paragraph: text that grows within a line is drawn then
 * without anything being laid out.
 */
void
yj_rich_label_set_fills (YjRichLabel *self)
{
  g_return_if_fail (YJ_IS_RICH_LABEL (self));

  if (self->growth == NULL)
    self->growth = yj_label_growth_new (GTK_WIDGET (self), self->label, catch_up);
}

/**
 * yj_rich_label_get_label:
 * @self: a rich label
 *
 * Returns: (transfer none): the label in it
 */
GtkLabel *
yj_rich_label_get_label (YjRichLabel *self)
{
  g_return_val_if_fail (YJ_IS_RICH_LABEL (self), NULL);

  return self->label;
}

/**
 * yj_rich_label_get_block:
 * @self: a rich label
 *
 * Returns: (transfer none) (nullable): what it shows
 */
YjBlock *
yj_rich_label_get_block (YjRichLabel *self)
{
  g_return_val_if_fail (YJ_IS_RICH_LABEL (self), NULL);

  return self->block;
}

/**
 * yj_rich_label_get_link:
 * @self: a rich label
 * @x: px, in its own coordinates
 * @y: px
 *
 * Returns: (transfer none) (nullable): where the link at that place leads
 */
const char *
yj_rich_label_get_link (YjRichLabel *self,
                        double       x,
                        double       y)
{
  const YjSpan *link;

  g_return_val_if_fail (YJ_IS_RICH_LABEL (self), NULL);

  link = find_link (self, x, y);
  return link != NULL ? link->uri : NULL;
}
