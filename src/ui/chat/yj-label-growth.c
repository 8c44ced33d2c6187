/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-label-growth"

#include "yj-label-growth.h"

/* Text that streams into a paragraph mostly grows within a line. A label that is given a letter more has the whole window
 * measured and laid out again, to find that nothing has to move; so the text is drawn in the label's place instead, as long
 * as it is as high as the label's own. The label catches up with the next line, when its text is asked for, and when
 * nothing has come for a while. */

#define CATCH_UP_DELAY 250      /* ms */

struct _YjLabelGrowth
{
  GtkWidget      *widget;       /* borrowed: it holds us */
  GtkLabel       *label;
  YjLabelCatchUp  catch_up;
  PangoLayout    *layout;       /* NULL: the label shows all */
  guint           source;
  gint64          taken;        /* µs, when text came last */
};

/* The one that has grown last. When another label is given text, this one catches up with it, in the same layout. */
static YjLabelGrowth *latest;

/**
 * yj_label_growth_new:
 * @widget: what draws the label
 * @label: a label that fills its width and wraps
 * @catch_up: gives the label its text
 *
 * Returns: (transfer full): one that holds no text
 */
YjLabelGrowth *
yj_label_growth_new (GtkWidget      *widget,
                     GtkLabel       *label,
                     YjLabelCatchUp  catch_up)
{
  YjLabelGrowth *self = g_new0 (YjLabelGrowth, 1);

  self->widget = widget;
  self->label = label;
  self->catch_up = catch_up;
  return self;
}

static void
clear (YjLabelGrowth *self)
{
  g_clear_handle_id (&self->source, g_source_remove);
  g_clear_object (&self->layout);
  if (latest == self)
    latest = NULL;
}

void
yj_label_growth_free (YjLabelGrowth *self)
{
  clear (self);
  g_free (self);
}

/* What the theme gives to all of a text, such as the height of lines. */
static gboolean
is_for_all (PangoAttribute *attribute,
            gpointer        user_data)
{
  return attribute->start_index == PANGO_ATTR_INDEX_FROM_TEXT_BEGINNING && attribute->end_index == PANGO_ATTR_INDEX_TO_TEXT_END;
}

static PangoLayout *
new_layout (PangoLayout   *shown,
            const char    *text,
            PangoAttrList *attributes)
{
  PangoLayout *layout = pango_layout_copy (shown);
  PangoAttrList *all = pango_layout_get_attributes (layout);
  g_autoptr(PangoAttrList) kept = all != NULL ? pango_attr_list_filter (all, is_for_all, NULL) : NULL;
  g_autoptr(PangoAttrList) list = kept != NULL ? g_steal_pointer (&kept) : pango_attr_list_new ();
  GSList *own = pango_attr_list_get_attributes (attributes);

  for (GSList *l = own; l != NULL; l = l->next)
    pango_attr_list_insert (list, l->data);
  g_slist_free (own);
  pango_layout_set_text (layout, text, -1);
  pango_layout_set_attributes (layout, list);
  return layout;
}

/* As high as what the label shows, and beginning where that does. */
static gboolean
takes_its_place (PangoLayout *layout,
                 PangoLayout *shown)
{
  PangoRectangle new, old;

  pango_layout_get_pixel_extents (layout, NULL, &new);
  pango_layout_get_pixel_extents (shown, NULL, &old);
  return new.height == old.height && new.x == 0 && old.x == 0;
}

static gboolean
catch_up_cb (gpointer user_data)
{
  YjLabelGrowth *self = user_data;

  if (g_get_monotonic_time () < self->taken + CATCH_UP_DELAY * 1000)
    return G_SOURCE_CONTINUE;
  self->source = 0;
  yj_label_growth_end (self);
  return G_SOURCE_REMOVE;
}

/**
 * yj_label_growth_take:
 * @self: the growth of a label
 * @text: what the label is to show, which begins with what it shows
 * @attributes: how
 *
 * Returns: whether it is drawn in the label's place; if not, nothing is, and the label itself has to be given it
 */
gboolean
yj_label_growth_take (YjLabelGrowth *self,
                      const char    *text,
                      PangoAttrList *attributes)
{
  PangoLayout *shown;
  g_autoptr(PangoLayout) layout = NULL;

  if (!gtk_widget_get_mapped (GTK_WIDGET (self->label)) || gtk_widget_get_width (GTK_WIDGET (self->label)) <= 1)
    return FALSE;
  shown = gtk_label_get_layout (self->label);
  layout = new_layout (shown, text, attributes);
  if (!takes_its_place (layout, shown))
    return FALSE;
  g_set_object (&self->layout, layout);
  latest = self;
  self->taken = g_get_monotonic_time ();
  if (self->source == 0)
    self->source = g_timeout_add (CATCH_UP_DELAY, catch_up_cb, self);
  gtk_widget_queue_draw (self->widget);
  return TRUE;
}

/**
 * yj_label_growth_get_layout:
 * @self: (nullable): the growth of a label
 *
 * Returns: (transfer none) (nullable): what is drawn in the label's place
 */
PangoLayout *
yj_label_growth_get_layout (YjLabelGrowth *self)
{
  return self != NULL ? self->layout : NULL;
}

/**
 * yj_label_growth_snapshot:
 * @self: the growth of a label, with something to be drawn
 * @snapshot: where the label's origin is at 0, 0
 */
void
yj_label_growth_snapshot (YjLabelGrowth *self,
                          GtkSnapshot   *snapshot)
{
  GdkRGBA colour;
  int x, y;

  gtk_widget_get_color (GTK_WIDGET (self->label), &colour);
  gtk_label_get_layout_offsets (self->label, &x, &y);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (x, y));
  gtk_snapshot_append_layout (snapshot, self->layout, &colour);
  gtk_snapshot_restore (snapshot);
}

static gboolean
catch_up_now_cb (gpointer user_data)
{
  YjLabelGrowth *self = user_data;

  self->source = 0;
  yj_label_growth_end (self);
  return G_SOURCE_REMOVE;
}

/**
 * yj_label_growth_check:
 * @self: (nullable): the growth of a label
 *
 * Has the label catch up if it has got another width: how high the text is is its matter then.
 */
void
yj_label_growth_check (YjLabelGrowth *self)
{
  if (self == NULL || self->layout == NULL ||
      pango_layout_get_width (self->layout) == gtk_widget_get_width (GTK_WIDGET (self->label)) * PANGO_SCALE)
    return;
  g_clear_handle_id (&self->source, g_source_remove);
  self->source = g_idle_add_full (GTK_PRIORITY_RESIZE - 1, catch_up_now_cb, self, NULL);
}

/**
 * yj_label_growth_drop:
 * @self: (nullable): the growth of a label
 *
 * Draws nothing in the label's place: it is about to be given its text, and the one that grew before catches up.
 */
void
yj_label_growth_drop (YjLabelGrowth *self)
{
  if (self == NULL)
    return;
  clear (self);
  yj_label_growth_end (latest);
}

/**
 * yj_label_growth_end:
 * @self: (nullable): the growth of a label
 *
 * Has the label catch up.
 */
void
yj_label_growth_end (YjLabelGrowth *self)
{
  if (self == NULL || self->layout == NULL)
    return;
  clear (self);
  self->catch_up (self->widget);
}
