/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-seek-bar"

#include "yj-seek-bar.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "yj-seek-preview.h"

#define SECOND G_GINT64_CONSTANT (1000000000)   /* ns */
#define SETTLE (250 * 1000)                     /* µs for which the slider belongs to the hand that moved it */
#define PREVIEW_DISTANCE 12     /* px */
#define MARK_WIDTH 3
#define MARK_HEIGHT 16

struct _YjSeekBar
{
  GtkWidget      parent_instance;

  YjTransport   *player;
  YjSeekPreview *preview;
  gboolean       following;     /* the slider is being set to where the player stands */
  gint64         moved_at;      /* when the slider was last moved by hand, µs */
  gint64         pointed;       /* where the pointer is, ns, or -1 */

  GtkRange      *scale;
  GtkAdjustment *adjustment;
  GtkWidget     *preview_box;   /* above the bar, over what is there: a popover would take the pointer away from it */
  double         pointer;       /* where that is, px */
  GtkPicture    *picture;
  GtkLabel      *time;
};

typedef enum
{
  PROP_PLAYER = 1,
} YjSeekBarProps;

static GParamSpec *props[PROP_PLAYER + 1];

G_DEFINE_FINAL_TYPE (YjSeekBar, yj_seek_bar, GTK_TYPE_WIDGET)

/* ---- the slider follows the player, and the player the hand */

static void
update_time (YjSeekBar *self)
{
  gint64 position, duration;

  g_object_get (self->player, "position", &position, "duration", &duration, NULL);
  self->following = TRUE;
  gtk_adjustment_set_upper (self->adjustment, MAX ((double) duration / SECOND, 0.01));
  if (g_get_monotonic_time () - self->moved_at > SETTLE)
    gtk_adjustment_set_value (self->adjustment, (double) position / SECOND);
  self->following = FALSE;
}

static void
position_cb (YjSeekBar *self)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    update_time (self);
}

static void
map_cb (YjSeekBar *self)
{
  if (self->player != NULL)
    update_time (self);
}

static void
duration_cb (YjSeekBar *self)
{
  update_time (self);
  yj_seek_preview_set (self->preview, yj_transport_get_file (self->player), yj_transport_get_duration (self->player));
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* Whoever moves the slider: a pointer, a key, or a screen reader. Never quite to the end, where there is no frame. */
static void
value_changed_cb (YjSeekBar *self)
{
  gint64 last = yj_transport_get_duration (self->player) - G_GINT64_CONSTANT (1000000);

  if (self->following)
    return;
  self->moved_at = g_get_monotonic_time ();
  yj_transport_seek (self->player, CLAMP ((gint64) (gtk_adjustment_get_value (self->adjustment) * SECOND), 0, MAX (last, 0)));
}

/* ---- places on the bar */

/* Of the middle of the slider: its first and last place, in the coordinates of this widget. */
static gboolean
get_track (YjSeekBar *self,
           double    *begin,
           double    *length,
           double    *middle)
{
  GdkRectangle rect;
  int from, to;
  graphene_point_t origin;

  if (!gtk_widget_compute_point (GTK_WIDGET (self->scale), GTK_WIDGET (self), graphene_point_zero (), &origin))
    return FALSE;
  gtk_range_get_range_rect (self->scale, &rect);
  gtk_range_get_slider_range (self->scale, &from, &to);
  *begin = origin.x + rect.x + (to - from) / 2.0;
  *length = MAX (rect.width - (to - from), 1);
  *middle = origin.y + rect.y + rect.height / 2.0;
  return TRUE;
}

static gboolean
runs_left (YjSeekBar *self)
{
  return gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
}

static double
place_of (YjSeekBar *self,
          gint64     time,
          double     begin,
          double     length)
{
  double fraction = CLAMP ((double) time / MAX (yj_transport_get_duration (self->player), 1), 0, 1);

  return begin + (runs_left (self) ? 1 - fraction : fraction) * length;
}

static void
yj_seek_bar_snapshot (GtkWidget   *widget,
                      GtkSnapshot *snapshot)
{
  YjSeekBar *self = YJ_SEEK_BAR (widget);
  gint64 marks[2] = { -1, -1 };
  double begin, length, middle;
  GdkRGBA *accent;

  GTK_WIDGET_CLASS (yj_seek_bar_parent_class)->snapshot (widget, snapshot);

  if (self->player != NULL)
    g_object_get (self->player, "range-from", &marks[0], "range-to", &marks[1], NULL);
  if ((marks[0] < 0 && marks[1] < 0) || !get_track (self, &begin, &length, &middle))
    return;
  accent = adw_style_manager_get_accent_color_rgba (adw_style_manager_get_default ());
  for (int i = 0; i < 2; i++)
    if (marks[i] >= 0)
      {
        float x = (float) (place_of (self, marks[i], begin, length) - MARK_WIDTH / 2.0);

        gtk_snapshot_append_color (snapshot, accent, &GRAPHENE_RECT_INIT (x, middle - MARK_HEIGHT / 2.0, MARK_WIDTH, MARK_HEIGHT));
      }
  if (marks[0] >= 0 && marks[1] >= 0)
    {
      float x1 = (float) place_of (self, marks[0], begin, length), x2 = (float) place_of (self, marks[1], begin, length);

      gtk_snapshot_append_color (snapshot, accent, &GRAPHENE_RECT_INIT (MIN (x1, x2), middle + MARK_HEIGHT / 2.0 - 2, ABS (x2 - x1), 2));
    }
  gdk_rgba_free (accent);
}

/* ---- what is below the pointer */

static void
update_preview (YjSeekBar *self)
{
  GdkTexture *texture;

  if (self->pointed < 0)
    return;
  texture = yj_seek_preview_look (self->preview, self->pointed);
  gtk_picture_set_paintable (self->picture, GDK_PAINTABLE (texture));
  gtk_widget_set_visible (GTK_WIDGET (self->picture), texture != NULL);
}

static void
motion_cb (YjSeekBar *self,
           double     x,
           double     y)
{
  gint64 duration = self->player != NULL ? yj_transport_get_duration (self->player) : 0;
  double begin, length, middle, fraction;
  g_autofree char *code = NULL;

  if (duration <= 0 || !get_track (self, &begin, &length, &middle))
    return;
  fraction = CLAMP ((x - begin) / length, 0, 1);
  if (runs_left (self))
    fraction = 1 - fraction;
  self->pointed = (gint64) (fraction * (double) duration);
  code = yj_seek_bar_dup_time_code (self->pointed);
  gtk_label_set_text (self->time, code);
  update_preview (self);
  self->pointer = x;
  gtk_widget_set_visible (self->preview_box, TRUE);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

static void
leave_cb (YjSeekBar *self)
{
  self->pointed = -1;
  gtk_widget_set_visible (self->preview_box, FALSE);
  yj_seek_preview_cancel (self->preview);
}

static void
yj_seek_bar_unmap (GtkWidget *widget)
{
  leave_cb (YJ_SEEK_BAR (widget));

  GTK_WIDGET_CLASS (yj_seek_bar_parent_class)->unmap (widget);
}

static void
allocate_preview (YjSeekBar *self,
                  int        width)
{
  int wide, high;
  GskTransform *place;

  gtk_widget_measure (self->preview_box, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &wide, NULL, NULL);
  gtk_widget_measure (self->preview_box, GTK_ORIENTATION_VERTICAL, wide, NULL, &high, NULL, NULL);
  place = gsk_transform_translate (NULL, &GRAPHENE_POINT_INIT ((float) CLAMP (self->pointer - wide / 2.0, 0, MAX (width - wide, 0)),
                                                               (float) (-high - PREVIEW_DISTANCE)));
  gtk_widget_allocate (self->preview_box, wide, high, -1, place);
}

static void
yj_seek_bar_size_allocate (GtkWidget *widget,
                           int        width,
                           int        height,
                           int        baseline)
{
  YjSeekBar *self = YJ_SEEK_BAR (widget);

  gtk_widget_allocate (GTK_WIDGET (self->scale), width, height, baseline, NULL);
  if (gtk_widget_get_visible (self->preview_box))
    allocate_preview (self, width);
}

static void
yj_seek_bar_measure (GtkWidget      *widget,
                     GtkOrientation  orientation,
                     int             for_size,
                     int            *minimum,
                     int            *natural,
                     int            *minimum_baseline,
                     int            *natural_baseline)
{
  gtk_widget_measure (GTK_WIDGET (YJ_SEEK_BAR (widget)->scale), orientation, for_size, minimum, natural, minimum_baseline, natural_baseline);
}

static void
set_player (YjSeekBar   *self,
            YjTransport *player)
{
  if (!g_set_object (&self->player, player) || player == NULL)
    return;
  g_signal_connect_object (player, "notify::position", G_CALLBACK (position_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (player, "notify::duration", G_CALLBACK (duration_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (player, "notify::range-from", G_CALLBACK (gtk_widget_queue_draw), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (player, "notify::range-to", G_CALLBACK (gtk_widget_queue_draw), self, G_CONNECT_SWAPPED);
  update_time (self);
}

static void
yj_seek_bar_dispose (GObject *object)
{
  YjSeekBar *self = YJ_SEEK_BAR (object);

  g_clear_pointer (&self->preview_box, gtk_widget_unparent);
  if (self->scale != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->scale));
  self->scale = NULL;
  g_clear_object (&self->preview);
  g_clear_object (&self->player);

  G_OBJECT_CLASS (yj_seek_bar_parent_class)->dispose (object);
}

static void
yj_seek_bar_get_property (GObject    *object,
                          guint       prop_id,
                          GValue     *value,
                          GParamSpec *pspec)
{
  switch ((YjSeekBarProps) prop_id)
    {
    case PROP_PLAYER:
      g_value_set_object (value, YJ_SEEK_BAR (object)->player);
      break;
    }
}

static void
yj_seek_bar_set_property (GObject      *object,
                          guint         prop_id,
                          const GValue *value,
                          GParamSpec   *pspec)
{
  switch ((YjSeekBarProps) prop_id)
    {
    case PROP_PLAYER:
      set_player (YJ_SEEK_BAR (object), g_value_get_object (value));
      break;
    }
}

static void
yj_seek_bar_class_init (YjSeekBarClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = yj_seek_bar_dispose;
  object_class->get_property = yj_seek_bar_get_property;
  object_class->set_property = yj_seek_bar_set_property;
  widget_class->measure = yj_seek_bar_measure;
  widget_class->size_allocate = yj_seek_bar_size_allocate;
  widget_class->snapshot = yj_seek_bar_snapshot;
  widget_class->unmap = yj_seek_bar_unmap;

  props[PROP_PLAYER] = g_param_spec_object ("player", NULL, NULL, YJ_TYPE_TRANSPORT, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (props), props);
}

static void
make_preview_box (YjSeekBar *self)
{
  self->picture = GTK_PICTURE (gtk_picture_new ());
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->picture), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Preview"), -1);
  gtk_widget_set_size_request (GTK_WIDGET (self->picture), 160, 90);
  self->time = GTK_LABEL (gtk_label_new (NULL));
  gtk_widget_add_css_class (GTK_WIDGET (self->time), "numeric");
  gtk_widget_add_css_class (GTK_WIDGET (self->time), "caption");
  self->preview_box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  gtk_box_append (GTK_BOX (self->preview_box), GTK_WIDGET (self->picture));
  gtk_box_append (GTK_BOX (self->preview_box), GTK_WIDGET (self->time));
  gtk_widget_add_css_class (self->preview_box, "osd");
  gtk_widget_add_css_class (self->preview_box, "yj-seek-preview");
  gtk_widget_set_can_target (self->preview_box, FALSE);
  gtk_widget_set_visible (self->preview_box, FALSE);
  gtk_widget_set_parent (self->preview_box, GTK_WIDGET (self));
}

static void
yj_seek_bar_init (YjSeekBar *self)
{
  GtkEventController *motion = gtk_event_controller_motion_new ();

  self->pointed = -1;
  self->preview = yj_seek_preview_new ();
  g_signal_connect_object (self->preview, "changed", G_CALLBACK (update_preview), self, G_CONNECT_SWAPPED);
  self->adjustment = gtk_adjustment_new (0, 0, 1, 0.1, 1, 0);
  self->scale = GTK_RANGE (gtk_scale_new (GTK_ORIENTATION_HORIZONTAL, self->adjustment));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->scale), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Seek"), -1);
  gtk_widget_set_parent (GTK_WIDGET (self->scale), GTK_WIDGET (self));
  g_signal_connect_object (self->adjustment, "value-changed", G_CALLBACK (value_changed_cb), self, G_CONNECT_SWAPPED);
  make_preview_box (self);
  g_signal_connect_swapped (motion, "enter", G_CALLBACK (motion_cb), self);
  g_signal_connect_swapped (motion, "motion", G_CALLBACK (motion_cb), self);
  g_signal_connect_swapped (motion, "leave", G_CALLBACK (leave_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
  g_signal_connect (self, "map", G_CALLBACK (map_cb), NULL);
}

/**
 * yj_seek_bar_dup_time_code:
 * @time: ns
 *
 * Returns: (transfer full): minutes, seconds and hundredths, so that every frame step can be seen
 */
char *
yj_seek_bar_dup_time_code (gint64 time)
{
  gint64 hundredths = MAX (time, 0) / 10000000;

  return g_strdup_printf ("%d:%02d.%02d", (int) (hundredths / 6000), (int) (hundredths / 100 % 60), (int) (hundredths % 100));
}
