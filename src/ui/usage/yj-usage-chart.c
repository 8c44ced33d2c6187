/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "yj-usage-chart.h"

#include <glib/gi18n.h>
#include <math.h>

#include "yj-usage-words.h"

#define HEIGHT 150
#define GAP 6                   /* px between the bars and the words */
#define MOST_BAR 40             /* px */

struct _YjUsageChart
{
  GtkWidget  parent_instance;
  double    *amounts;
  GStrv      labels;
  guint      n;
  double     most;
};

G_DEFINE_FINAL_TYPE (YjUsageChart, yj_usage_chart, GTK_TYPE_WIDGET)

static PangoLayout *
new_layout (YjUsageChart *self,
            const char   *text)
{
  PangoLayout *layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), text);
  g_autoptr(PangoAttrList) attributes = pango_attr_list_new ();

  pango_attr_list_insert (attributes, pango_attr_scale_new (PANGO_SCALE_SMALL));
  pango_layout_set_attributes (layout, attributes);
  return layout;
}

static int
get_line (YjUsageChart *self)
{
  g_autoptr(PangoLayout) layout = new_layout (self, "0");
  int height;

  pango_layout_get_pixel_size (layout, NULL, &height);
  return height;
}

static void
yj_usage_chart_measure (GtkWidget      *widget,
                        GtkOrientation  orientation,
                        int             for_size,
                        int            *minimum,
                        int            *natural,
                        int            *minimum_baseline,
                        int            *natural_baseline)
{
  if (orientation == GTK_ORIENTATION_VERTICAL)
    *minimum = *natural = HEIGHT + 2 * (get_line (YJ_USAGE_CHART (widget)) + GAP);
  else
    {
      *minimum = 100;
      *natural = 400;
    }
}

/* @at: 0 begins at @x, 1 ends there */
static void
draw_text (YjUsageChart  *self,
           GtkSnapshot   *snapshot,
           const char    *text,
           float          x,
           float          y,
           float          at,
           const GdkRGBA *colour)
{
  g_autoptr(PangoLayout) layout = new_layout (self, text);
  int width;

  pango_layout_get_pixel_size (layout, &width, NULL);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (x - at * width, y));
  gtk_snapshot_append_layout (snapshot, layout, colour);
  gtk_snapshot_restore (snapshot);
}

static void
yj_usage_chart_snapshot (GtkWidget   *widget,
                         GtkSnapshot *snapshot)
{
  YjUsageChart *self = YJ_USAGE_CHART (widget);
  float width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget), line = get_line (self) + GAP;
  float room = height - 2 * line, base = height - line, step = self->n > 0 ? width / self->n : width;
  float bar = MIN (MAX (step * 0.7f, 1), MOST_BAR);
  gboolean right = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  g_autofree char *most = yj_usage_words_dup_amount (self->most);
  GdkRGBA *accent = adw_style_manager_get_accent_color_rgba (adw_style_manager_get_default ());
  GdkRGBA words, rule;

  gtk_widget_get_color (widget, &words);
  rule = words;
  rule.alpha *= 0.2f;
  words.alpha *= 0.75f;
  gtk_snapshot_append_color (snapshot, &rule, &GRAPHENE_RECT_INIT (0, base, width, 1));
  if (self->most > 0)
    {
      gtk_snapshot_append_color (snapshot, &rule, &GRAPHENE_RECT_INIT (0, line, width, 1));
      draw_text (self, snapshot, most, right ? width : 0, 0, right, &words);
    }
  for (guint i = 0; i < self->n; i++)
    {
      float tall = self->most > 0 ? MAX ((float) (self->amounts[i] / self->most) * room, self->amounts[i] > 0 ? 2 : 0) : 0;
      float x = ((right ? self->n - 1 - i : i) + 0.5f) * step - bar / 2;
      GskRoundedRect shape;

      if (tall <= 0)
        continue;
      gsk_rounded_rect_init (&shape, &GRAPHENE_RECT_INIT (x, base - tall, bar, tall),
                             &GRAPHENE_SIZE_INIT (MIN (bar / 2, 3), MIN (bar / 2, 3)), &GRAPHENE_SIZE_INIT (MIN (bar / 2, 3), MIN (bar / 2, 3)),
                             graphene_size_zero (), graphene_size_zero ());
      gtk_snapshot_push_rounded_clip (snapshot, &shape);
      gtk_snapshot_append_color (snapshot, accent, &shape.bounds);
      gtk_snapshot_pop (snapshot);
    }
  if (self->n > 0)
    draw_text (self, snapshot, self->labels[0], right ? width : 0, base + GAP, right, &words);
  if (self->n > 1)
    draw_text (self, snapshot, self->labels[self->n - 1], right ? 0 : width, base + GAP, !right, &words);
  gdk_rgba_free (accent);
}

static gboolean
yj_usage_chart_query_tooltip (GtkWidget  *widget,
                              int         x,
                              int         y,
                              gboolean    keyboard,
                              GtkTooltip *tooltip)
{
  YjUsageChart *self = YJ_USAGE_CHART (widget);
  int width = gtk_widget_get_width (widget);
  guint i = self->n > 0 && width > 0 ? MIN ((guint) (MAX (x, 0) * (gint64) self->n / width), self->n - 1) : 0;
  g_autofree char *amount = NULL, *text = NULL;

  if (self->n == 0 || keyboard)
    return FALSE;
  if (gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL)
    i = self->n - 1 - i;
  amount = yj_usage_words_dup_amount (self->amounts[i]);
  /* translators: %1$s: a day, %2$s: a figure */
  text = g_strdup_printf (_("%1$s: %2$s"), self->labels[i], amount);
  gtk_tooltip_set_text (tooltip, text);
  return TRUE;
}

static void
yj_usage_chart_finalize (GObject *object)
{
  YjUsageChart *self = YJ_USAGE_CHART (object);

  g_free (self->amounts);
  g_strfreev (self->labels);

  G_OBJECT_CLASS (yj_usage_chart_parent_class)->finalize (object);
}

static void
yj_usage_chart_class_init (YjUsageChartClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = yj_usage_chart_finalize;
  widget_class->measure = yj_usage_chart_measure;
  widget_class->snapshot = yj_usage_chart_snapshot;
  widget_class->query_tooltip = yj_usage_chart_query_tooltip;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
yj_usage_chart_init (YjUsageChart *self)
{
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
  g_signal_connect_object (adw_style_manager_get_default (), "notify::accent-color-rgba", G_CALLBACK (gtk_widget_queue_draw), self,
                           G_CONNECT_SWAPPED);
}

/**
 * yj_usage_chart_show:
 * @self: a chart
 * @amounts: (array length=n): in the order of time
 * @labels: (array length=n): the names of the steps
 * @n: how many
 * @unit: what is counted
 */
void
yj_usage_chart_show (YjUsageChart       *self,
                     const double       *amounts,
                     const char * const *labels,
                     guint               n,
                     const char         *unit)
{
  g_autofree char *most = NULL, *words = NULL;
  guint best = 0;

  g_return_if_fail (YJ_IS_USAGE_CHART (self));

  g_free (self->amounts);
  g_strfreev (self->labels);
  self->amounts = g_memdup2 (amounts, n * sizeof *amounts);
  self->labels = g_new0 (char *, n + 1);
  self->n = n;
  self->most = 0;
  for (guint i = 0; i < n; i++)
    {
      self->labels[i] = g_strdup (labels[i]);
      if (amounts[i] > self->most)
        {
          self->most = amounts[i];
          best = i;
        }
    }
  most = yj_usage_words_dup_amount (self->most);
  words = self->most > 0
          /* translators: %1$s: what is counted, %2$s: a figure, %3$s: a day or month */
          ? g_strdup_printf (_("Chart of %1$s: most on %3$s, %2$s. The table says the same."), unit, most, self->labels[best])
          /* translators: %s: what is counted */
          : g_strdup_printf (_("Chart of %s: nothing"), unit);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
