/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-rich-label"

#include "yj-rich-label.h"

#include <glib/gi18n.h>

#include "yj-inline-code.h"
#include "yj-inline-math.h"
#include "yj-link.h"
#include "yj-text.h"

/* One block's text with its styles and links, in a selectable label. The text is somebody else's, so it is set with
 * attributes and never as markup; links, which a label knows from markup only, are done here. */
struct _YjRichLabel
{
  AdwBin        parent_instance;

  GtkLabel     *label;
  YjBlock      *block;
  gboolean      chinese;
  gboolean      has_links;
  gboolean      has_code;
  YjInlineMath *math;           /* NULL where there are no formulas */
  guint         math_source;    /* sets them anew */
};

G_DEFINE_FINAL_TYPE (YjRichLabel, yj_rich_label, ADW_TYPE_BIN)

/* ---- links */

static const YjSpan *
find_link (YjRichLabel *self,
           double       x,
           double       y)
{
  PangoLayout *layout = gtk_label_get_layout (self->label);
  int left, top, index, trailing;

  if (!self->has_links)
    return NULL;
  gtk_label_get_layout_offsets (self->label, &left, &top);
  if (!pango_layout_xy_to_index (layout, (x - left) * PANGO_SCALE, (y - top) * PANGO_SCALE, &index, &trailing))
    return NULL;
  for (guint i = 0; i < self->block->spans->len; i++)
    {
      const YjSpan *span = &g_array_index (self->block->spans, YjSpan, i);

      if (span->uri != NULL && (guint) index >= span->start && (guint) index < span->end)
        return span;
    }
  return NULL;
}

static void
open_uri (YjRichLabel *self,
          const char  *uri)
{
  g_autoptr(GtkUriLauncher) launcher = gtk_uri_launcher_new (uri);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  gtk_uri_launcher_launch (launcher, GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, NULL, NULL, NULL);
}

static void
open_action (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  open_uri (YJ_RICH_LABEL (widget), g_variant_get_string (parameter, NULL));
}

static void
released_cb (YjRichLabel     *self,
             int              n_press,
             double           x,
             double           y,
             GtkGestureClick *gesture)
{
  const YjSpan *link = find_link (self, x, y);

  if (link != NULL && n_press == 1 && !gtk_label_get_selection_bounds (self->label, NULL, NULL))
    open_uri (self, link->uri);
}

static void
motion_cb (YjRichLabel              *self,
           double                    x,
           double                    y,
           GtkEventControllerMotion *motion)
{
  if (self->has_links)
    gtk_widget_set_cursor_from_name (GTK_WIDGET (self->label), find_link (self, x, y) != NULL ? "pointer" : "text");
}

static gboolean
query_tooltip_cb (YjRichLabel *self,
                  int          x,
                  int          y,
                  gboolean     keyboard_mode,
                  GtkTooltip  *tooltip,
                  GtkWidget   *label)
{
  const YjSpan *link = keyboard_mode ? NULL : find_link (self, x, y);
  g_autofree char *host = NULL;

  if (link == NULL)
    return FALSE;
  host = yj_link_dup_host (link->uri);
  gtk_tooltip_set_text (tooltip, host);
  return TRUE;
}

/* The keyboard's way to the links: the label's menu. */
static void
update_menu (YjRichLabel *self)
{
  g_autoptr(GMenu) menu = NULL;

  if (self->has_links)
    {
      menu = g_menu_new ();
      for (guint i = 0; i < self->block->spans->len; i++)
        {
          const YjSpan *span = &g_array_index (self->block->spans, YjSpan, i);
          g_autofree char *host = NULL;
          g_autofree char *label = NULL;
          g_autoptr(GMenuItem) item = NULL;

          if (span->uri == NULL)
            continue;
          host = yj_link_dup_host (span->uri);
          /* translators: %s is the host a link leads to, such as example.org */
          label = g_strdup_printf (_("Open %s"), host);
          item = g_menu_item_new (label, NULL);
          g_menu_item_set_action_and_target (item, "link.open", "s", span->uri);
          g_menu_append_item (menu, item);
        }
    }
  gtk_label_set_extra_menu (self->label, G_MENU_MODEL (menu));
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

static void
update_attributes (YjRichLabel *self)
{
  g_autoptr(PangoAttrList) list = pango_attr_list_new ();

  if (self->math != NULL)
    yj_inline_math_update (self->math, self->block, gtk_widget_get_pango_context (GTK_WIDGET (self->label)), list);
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
        add (list, pango_attr_family_new ("monospace"), span);
      if (span->style & (YJ_STYLE_CODE | YJ_STYLE_MATH))
        add (list, pango_attr_scale_new (0.92), span);
      if (span->uri != NULL)
        add_link (list, span);
    }
  if (self->chinese && yj_text_has_han (self->block->text))
    pango_attr_list_insert (list, pango_attr_language_new (pango_language_from_string ("zh-cn")));
  gtk_label_set_attributes (self->label, list);
}

static void
style_changed_cb (YjRichLabel *self)
{
  if (self->has_links)
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

static void
yj_rich_label_snapshot (GtkWidget   *widget,
                        GtkSnapshot *snapshot)
{
  YjRichLabel *self = YJ_RICH_LABEL (widget);

  if (self->has_code)
    yj_inline_code_snapshot (self->block, self->label, snapshot);

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

static void
yj_rich_label_dispose (GObject *object)
{
  YjRichLabel *self = YJ_RICH_LABEL (object);

  g_clear_handle_id (&self->math_source, g_source_remove);
  g_clear_pointer (&self->math, yj_inline_math_free);
  g_clear_pointer (&self->block, yj_block_unref);
  self->has_links = self->has_code = FALSE;

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

  gtk_widget_class_install_action (widget_class, "link.open", "s", open_action);
}

static void
yj_rich_label_init (YjRichLabel *self)
{
  self->label = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_wrap (self->label, TRUE);
  gtk_label_set_wrap_mode (self->label, PANGO_WRAP_WORD_CHAR);
  gtk_label_set_selectable (self->label, TRUE);
  gtk_label_set_xalign (self->label, 0);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->label));
}

/* What only a label with links needs. */
static void
become_link_label (YjRichLabel *self)
{
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkGesture *click = gtk_gesture_click_new ();
  AdwStyleManager *style = adw_style_manager_get_default ();

  g_signal_connect_swapped (motion, "motion", G_CALLBACK (motion_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->label), motion);
  g_signal_connect_swapped (click, "released", G_CALLBACK (released_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->label), GTK_EVENT_CONTROLLER (click));
  gtk_widget_set_has_tooltip (GTK_WIDGET (self->label), TRUE);
  g_signal_connect_swapped (self->label, "query-tooltip", G_CALLBACK (query_tooltip_cb), self);
  g_signal_connect_object (style, "notify::dark", G_CALLBACK (style_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (style, "notify::accent-color", G_CALLBACK (style_changed_cb), self, G_CONNECT_SWAPPED);
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

  self->has_links = self->has_code = FALSE;
  for (guint i = 0; self->block->spans != NULL && i < self->block->spans->len; i++)
    {
      const YjSpan *span = &g_array_index (self->block->spans, YjSpan, i);

      self->has_links |= span->uri != NULL;
      self->has_code |= (span->style & YJ_STYLE_CODE) != 0;
      has_math |= (span->style & YJ_STYLE_MATH) != 0;
    }
  if (has_math && self->math == NULL)
    self->math = yj_inline_math_new ();
  else if (!has_math)
    g_clear_pointer (&self->math, yj_inline_math_free);
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
  gboolean had_links = self->has_links;

  g_return_if_fail (YJ_IS_RICH_LABEL (self));
  g_return_if_fail (block->text != NULL);

  yj_block_ref (block);
  g_clear_pointer (&self->block, yj_block_unref);
  self->block = block;
  self->chinese = chinese;
  look_at_spans (self);
  if (self->has_links && !gtk_widget_get_has_tooltip (GTK_WIDGET (self->label)))
    become_link_label (self);
  gtk_label_set_text (self->label, block->text);
  update_attributes (self);
  if (self->has_links || had_links)
    update_menu (self);
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
