/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-formula-view"

#include "yj-formula-view.h"

#include <math.h>

#define MARGIN 3                /* what leans out of its box is not cut */

/* A formula in the middle of its place. */
struct _YjFormulaView
{
  GtkWidget  parent_instance;

  YjFormula *formula;
  guint      serial;            /* of the fonts it is set for; 0: none yet */
};

G_DEFINE_FINAL_TYPE (YjFormulaView, yj_formula_view, GTK_TYPE_WIDGET)

static void
ensure_set (YjFormulaView *self)
{
  PangoContext *context = gtk_widget_get_pango_context (GTK_WIDGET (self));

  if (self->serial == pango_context_get_serial (context))
    return;
  self->serial = pango_context_get_serial (context);
  yj_formula_set (self->formula, context, yj_formula_font_size (context));
}

static void
yj_formula_view_measure (GtkWidget      *widget,
                         GtkOrientation  orientation,
                         int             for_size,
                         int            *minimum,
                         int            *natural,
                         int            *minimum_baseline,
                         int            *natural_baseline)
{
  YjFormulaView *self = YJ_FORMULA_VIEW (widget);
  double width, ascent, descent;

  ensure_set (self);
  yj_formula_get_size (self->formula, &width, &ascent, &descent);
  *minimum = *natural = ceil (orientation == GTK_ORIENTATION_HORIZONTAL ? width : ascent + descent) + 2 * MARGIN;
}

static void
yj_formula_view_snapshot (GtkWidget   *widget,
                          GtkSnapshot *snapshot)
{
  YjFormulaView *self = YJ_FORMULA_VIEW (widget);
  double width, ascent, descent;
  GdkRGBA color;

  ensure_set (self);
  yj_formula_get_size (self->formula, &width, &ascent, &descent);
  gtk_widget_get_color (widget, &color);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (MAX (MARGIN, floor ((gtk_widget_get_width (widget) - width) / 2)),
                                                          MARGIN + round (ascent)));
  yj_formula_snapshot (self->formula, 0, snapshot, &color);
  gtk_snapshot_restore (snapshot);
}

static void
yj_formula_view_css_changed (GtkWidget         *widget,
                             GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (yj_formula_view_parent_class)->css_changed (widget, change);

  if (YJ_FORMULA_VIEW (widget)->serial != pango_context_get_serial (gtk_widget_get_pango_context (widget)))
    gtk_widget_queue_resize (widget);
}

static void
yj_formula_view_finalize (GObject *object)
{
  YjFormulaView *self = YJ_FORMULA_VIEW (object);

  g_clear_pointer (&self->formula, yj_formula_unref);

  G_OBJECT_CLASS (yj_formula_view_parent_class)->finalize (object);
}

static void
yj_formula_view_class_init (YjFormulaViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->finalize = yj_formula_view_finalize;
  widget_class->measure = yj_formula_view_measure;
  widget_class->snapshot = yj_formula_view_snapshot;
  widget_class->css_changed = yj_formula_view_css_changed;

  gtk_widget_class_set_css_name (widget_class, "yj-formula");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
yj_formula_view_init (YjFormulaView *self)
{
}

/**
 * yj_formula_view_new:
 * @formula: what to show; one that [method@Yj.Formula.set] could set
 *
 * Returns: (transfer floating): a view of it
 */
GtkWidget *
yj_formula_view_new (YjFormula *formula)
{
  YjFormulaView *self = g_object_new (YJ_TYPE_FORMULA_VIEW, NULL);

  self->formula = yj_formula_ref (formula);
  return GTK_WIDGET (self);
}
