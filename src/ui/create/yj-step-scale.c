/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "yj-step-scale.h"

#include <math.h>

#define MOST_MARKS 6            /* with more steps only some are labelled */

struct _YjStepScale
{
  AdwBin    parent_instance;
  GtkScale *scale;              /* its value is the place of the step */
  GArray   *steps;              /* of int */
  char     *format;
  int       number;
  gboolean  updating;
};

typedef enum
{
  PROP_NUMBER = 1,
} YjStepScaleProps;

static GParamSpec *props[PROP_NUMBER + 1];

G_DEFINE_FINAL_TYPE (YjStepScale, yj_step_scale, ADW_TYPE_BIN)

static void
yj_step_scale_finalize (GObject *object)
{
  YjStepScale *self = YJ_STEP_SCALE (object);

  g_clear_pointer (&self->steps, g_array_unref);
  g_free (self->format);

  G_OBJECT_CLASS (yj_step_scale_parent_class)->finalize (object);
}

static void
yj_step_scale_get_property (GObject    *object,
                            guint       prop_id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  switch ((YjStepScaleProps) prop_id)
    {
    case PROP_NUMBER:
      g_value_set_int (value, YJ_STEP_SCALE (object)->number);
      break;
    }
}

static void
yj_step_scale_class_init (YjStepScaleClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = yj_step_scale_finalize;
  object_class->get_property = yj_step_scale_get_property;

  /**
   * YjStepScale:number:
   *
   * The chosen number.
   */
  props[PROP_NUMBER] = g_param_spec_int ("number", NULL, NULL, G_MININT, G_MAXINT, 0, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (props), props);
}

static int
get_step (YjStepScale *self,
          double       place)
{
  return g_array_index (self->steps, int, (guint) CLAMP (round (place), 0, self->steps->len - 1));
}

static void
read_out (YjStepScale *self)
{
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  g_autofree char *text = g_strdup_printf (self->format, self->number);
#pragma GCC diagnostic pop

  gtk_accessible_update_property (GTK_ACCESSIBLE (self->scale), GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, text, -1);
}

/* From place to place, whatever moves the slider. */
static gboolean
change_value_cb (GtkRange      *range,
                 GtkScrollType  scroll,
                 double         value,
                 YjStepScale   *self)
{
  gtk_range_set_value (range, CLAMP (round (value), 0, self->steps->len - 1));
  return TRUE;
}

static void
value_changed_cb (YjStepScale *self)
{
  int number = get_step (self, gtk_range_get_value (GTK_RANGE (self->scale)));

  if (self->updating || number == self->number)
    return;

  self->number = number;
  read_out (self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_NUMBER]);
}

static void
yj_step_scale_init (YjStepScale *self)
{
  self->steps = g_array_new (FALSE, FALSE, sizeof (int));
}

/**
 * yj_step_scale_new:
 * @steps: (array length=n_steps): the numbers that can be chosen, ascending
 * @n_steps: how many, at least 1
 * @usual: the default, which gets a mark; 0 for none
 * @format: how a number is read out to those who do not see it, with one `%d`
 *
 * Returns: (transfer floating): a slider
 */
GtkWidget *
yj_step_scale_new (const int  *steps,
                   guint       n_steps,
                   int         usual,
                   const char *format)
{
  YjStepScale *self = g_object_new (YJ_TYPE_STEP_SCALE, NULL);

  g_return_val_if_fail (n_steps > 0, NULL);

  g_array_append_vals (self->steps, steps, n_steps);
  self->format = g_strdup (format);
  self->number = steps[0];
  self->scale = GTK_SCALE (gtk_scale_new_with_range (GTK_ORIENTATION_HORIZONTAL, 0, MAX (n_steps - 1, 1), 1));
  gtk_scale_set_draw_value (self->scale, FALSE);
  gtk_range_set_increments (GTK_RANGE (self->scale), 1, MAX (n_steps / 4, 1));
  gtk_range_set_round_digits (GTK_RANGE (self->scale), 0);
  for (guint i = 0; i < n_steps; i++)
    {
      gboolean labelled = n_steps <= MOST_MARKS || i == 0 || i == n_steps - 1 || steps[i] == usual;
      g_autofree char *label = labelled ? g_strdup_printf ("<small>%d</small>", steps[i]) : NULL;

      gtk_scale_add_mark (self->scale, i, GTK_POS_BOTTOM, label);
    }
  g_signal_connect (self->scale, "change-value", G_CALLBACK (change_value_cb), self);
  g_signal_connect_object (self->scale, "value-changed", G_CALLBACK (value_changed_cb), self, G_CONNECT_SWAPPED);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->scale));
  read_out (self);
  return GTK_WIDGET (self);
}

/**
 * yj_step_scale_get_number:
 * @self: a slider
 *
 * Returns: the chosen number
 */
int
yj_step_scale_get_number (YjStepScale *self)
{
  g_return_val_if_fail (YJ_IS_STEP_SCALE (self), 0);

  return self->number;
}

/**
 * yj_step_scale_set_number:
 * @self: a slider
 * @number: the number to show
 */
void
yj_step_scale_set_number (YjStepScale *self,
                          int          number)
{
  guint nearest = 0;

  g_return_if_fail (YJ_IS_STEP_SCALE (self));

  for (guint i = 1; i < self->steps->len; i++)
    if (ABS (g_array_index (self->steps, int, i) - number) < ABS (g_array_index (self->steps, int, nearest) - number))
      nearest = i;
  self->updating = TRUE;
  gtk_range_set_value (GTK_RANGE (self->scale), nearest);
  self->updating = FALSE;
  self->number = number;
  read_out (self);
}

/**
 * yj_step_scale_set_label:
 * @self: a slider
 * @label: what it sets, for those who do not see the words beside it
 */
void
yj_step_scale_set_label (YjStepScale *self,
                         const char  *label)
{
  g_return_if_fail (YJ_IS_STEP_SCALE (self));

  gtk_accessible_update_property (GTK_ACCESSIBLE (self->scale), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}
