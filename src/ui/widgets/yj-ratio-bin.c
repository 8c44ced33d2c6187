/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-ratio-bin"

#include "yj-ratio-bin.h"

struct _YjRatioBin
{
  GtkWidget  parent_instance;
  GtkWidget *child;
  double     ratio;             /* width to height */
};

typedef enum
{
  PROP_CHILD = 1,
  PROP_RATIO,
} YjRatioBinProps;

static GParamSpec *props[PROP_RATIO + 1];

G_DEFINE_FINAL_TYPE (YjRatioBin, yj_ratio_bin, GTK_TYPE_WIDGET)

static GtkSizeRequestMode
yj_ratio_bin_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
yj_ratio_bin_measure (GtkWidget      *widget,
                      GtkOrientation  orientation,
                      int             for_size,
                      int            *minimum,
                      int            *natural,
                      int            *minimum_baseline,
                      int            *natural_baseline)
{
  YjRatioBin *self = YJ_RATIO_BIN (widget);

  if (orientation == GTK_ORIENTATION_VERTICAL && for_size >= 0)
    {
      *minimum = *natural = (int) (for_size / self->ratio + 0.5);
      return;
    }
  *minimum = *natural = 0;
  if (self->child != NULL)
    gtk_widget_measure (self->child, orientation, -1, minimum, natural, NULL, NULL);
}

static void
yj_ratio_bin_size_allocate (GtkWidget *widget,
                            int        width,
                            int        height,
                            int        baseline)
{
  YjRatioBin *self = YJ_RATIO_BIN (widget);

  if (self->child != NULL)
    {
      int needed;

      /* A child that cannot be that low keeps its own height and is cut by the box's clip. */
      gtk_widget_measure (self->child, GTK_ORIENTATION_VERTICAL, width, &needed, NULL, NULL, NULL);
      gtk_widget_allocate (self->child, width, MAX (height, needed), -1, NULL);
    }
}

static void
yj_ratio_bin_dispose (GObject *object)
{
  YjRatioBin *self = YJ_RATIO_BIN (object);

  g_clear_pointer (&self->child, gtk_widget_unparent);

  G_OBJECT_CLASS (yj_ratio_bin_parent_class)->dispose (object);
}

static void
yj_ratio_bin_get_property (GObject    *object,
                           guint       prop_id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  YjRatioBin *self = YJ_RATIO_BIN (object);

  switch ((YjRatioBinProps) prop_id)
    {
    case PROP_CHILD:
      g_value_set_object (value, self->child);
      break;
    case PROP_RATIO:
      g_value_set_double (value, self->ratio);
      break;
    }
}

static void
yj_ratio_bin_set_property (GObject      *object,
                           guint         prop_id,
                           const GValue *value,
                           GParamSpec   *pspec)
{
  YjRatioBin *self = YJ_RATIO_BIN (object);

  switch ((YjRatioBinProps) prop_id)
    {
    case PROP_CHILD:
      g_clear_pointer (&self->child, gtk_widget_unparent);
      self->child = g_value_get_object (value);
      if (self->child != NULL)
        gtk_widget_set_parent (self->child, GTK_WIDGET (self));
      break;
    case PROP_RATIO:
      self->ratio = g_value_get_double (value);
      gtk_widget_queue_resize (GTK_WIDGET (self));
      break;
    }
}

static void
yj_ratio_bin_class_init (YjRatioBinClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = yj_ratio_bin_dispose;
  object_class->get_property = yj_ratio_bin_get_property;
  object_class->set_property = yj_ratio_bin_set_property;
  widget_class->get_request_mode = yj_ratio_bin_get_request_mode;
  widget_class->measure = yj_ratio_bin_measure;
  widget_class->size_allocate = yj_ratio_bin_size_allocate;

  props[PROP_CHILD] = g_param_spec_object ("child", NULL, NULL, GTK_TYPE_WIDGET, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  props[PROP_RATIO] = g_param_spec_double ("ratio", NULL, NULL, 0.1, 10, 16.0 / 9.0, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (props), props);
}

static void
yj_ratio_bin_init (YjRatioBin *self)
{
  self->ratio = 16.0 / 9.0;
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
}
