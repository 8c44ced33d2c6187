/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-zoom-view"

#include "yj-zoom-view.h"

#include <math.h>

#define STEP      1.25
#define LARGEST   8.0
#define PIXELATED 3.0           /* from here on the picture's own pixels are what one looks for */
#define KEY_PAN   64            /* px */

struct _YjZoomView
{
  GtkWidget   parent_instance;

  GdkTexture *texture;
  double      coarseness;       /* px of the file for each of the texture */
  double      zoom;             /* px of the screen for each of the file; 0: so that all is seen */
  double      x, y;             /* what is in the middle, as parts of width and height */
  double      begin_x, begin_y; /* the same when the drag began */
  double      begin_zoom;       /* when the two fingers were put down */
};

typedef enum
{
  PROP_PERCENT = 1,
} YjZoomViewProps;

static GParamSpec *props[PROP_PERCENT + 1];

G_DEFINE_FINAL_TYPE (YjZoomView, yj_zoom_view, GTK_TYPE_WIDGET)

/* ---- sizes */
static double
get_density (YjZoomView *self)
{
  GtkNative *native = gtk_widget_get_native (GTK_WIDGET (self));
  GdkSurface *surface = native != NULL ? gtk_native_get_surface (native) : NULL;

  return surface != NULL ? gdk_surface_get_scale (surface) : 1;
}

/* Of the file itself, px. */
static graphene_size_t
get_full_size (YjZoomView *self)
{
  return GRAPHENE_SIZE_INIT ((float) (gdk_texture_get_width (self->texture) * self->coarseness),
                             (float) (gdk_texture_get_height (self->texture) * self->coarseness));
}

/* So that all of it is seen, but no small picture is blown up. */
static double
get_fitting (YjZoomView *self)
{
  graphene_size_t full = get_full_size (self);
  double density = get_density (self), width = gtk_widget_get_width (GTK_WIDGET (self)) * density,
         height = gtk_widget_get_height (GTK_WIDGET (self)) * density;

  return MIN (1, MIN (width / full.width, height / full.height));
}

static double
get_zoom (YjZoomView *self)
{
  return self->zoom > 0 ? self->zoom : get_fitting (self);
}

/* Where it lies in the widget; it leaves no gap at one side while it reaches over the other. */
static graphene_rect_t
get_place (YjZoomView *self)
{
  graphene_size_t full = get_full_size (self);
  double scale = get_zoom (self) / get_density (self), width = full.width * scale, height = full.height * scale;
  int room_x = gtk_widget_get_width (GTK_WIDGET (self)), room_y = gtk_widget_get_height (GTK_WIDGET (self));
  double x = width <= room_x ? (room_x - width) / 2 : CLAMP (room_x / 2.0 - self->x * width, room_x - width, 0);
  double y = height <= room_y ? (room_y - height) / 2 : CLAMP (room_y / 2.0 - self->y * height, room_y - height, 0);

  return GRAPHENE_RECT_INIT ((float) x, (float) y, (float) width, (float) height);
}

/* ---- changing what is seen */
static void
changed (YjZoomView *self)
{
  gboolean movable = self->texture != NULL && get_zoom (self) > get_fitting (self);

  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), movable ? "grab" : NULL);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_PERCENT]);
}

/* What is in the middle now is so for all later; what was held by the edge is not left behind. */
static void
settle (YjZoomView            *self,
        const graphene_rect_t *place)
{
  self->x = (gtk_widget_get_width (GTK_WIDGET (self)) / 2.0 - place->origin.x) / place->size.width;
  self->y = (gtk_widget_get_height (GTK_WIDGET (self)) / 2.0 - place->origin.y) / place->size.height;
}

/* What is at @x, @y of the widget stays there. */
static void
zoom_to (YjZoomView *self,
         double      zoom,
         double      x,
         double      y)
{
  graphene_rect_t before, after;
  double part_x, part_y, scale;
  graphene_size_t full;

  if (self->texture == NULL)
    return;

  before = get_place (self);
  full = get_full_size (self);
  part_x = (x - before.origin.x) / before.size.width;
  part_y = (y - before.origin.y) / before.size.height;
  zoom = MIN (zoom, MAX (LARGEST, get_fitting (self)));
  self->zoom = zoom > get_fitting (self) ? zoom : 0;
  scale = get_zoom (self) / get_density (self);
  self->x = part_x + (gtk_widget_get_width (GTK_WIDGET (self)) / 2.0 - x) / (full.width * scale);
  self->y = part_y + (gtk_widget_get_height (GTK_WIDGET (self)) / 2.0 - y) / (full.height * scale);
  after = get_place (self);
  settle (self, &after);
  changed (self);
}

static void
pan (YjZoomView *self,
     double      x,
     double      y)
{
  graphene_rect_t place;

  if (self->texture == NULL)
    return;

  place = get_place (self);
  self->x += x / place.size.width;
  self->y += y / place.size.height;
  place = get_place (self);
  settle (self, &place);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* ---- pointer and fingers */
static gboolean
scroll_cb (GtkEventControllerScroll *scroll,
           double                    dx,
           double                    dy,
           YjZoomView               *self)
{
  GdkModifierType state = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (scroll));
  GdkEvent *event = gtk_event_controller_get_current_event (GTK_EVENT_CONTROLLER (scroll));
  double x = gtk_widget_get_width (GTK_WIDGET (self)) / 2.0, y = gtk_widget_get_height (GTK_WIDGET (self)) / 2.0;
  graphene_point_t point;
  double in_x, in_y;

  if (gtk_event_controller_scroll_get_unit (scroll) == GDK_SCROLL_UNIT_SURFACE && (state & GDK_CONTROL_MASK) == 0)
    {
      pan (self, dx, dy);
      return GDK_EVENT_STOP;
    }

  if (gdk_event_get_position (event, &in_x, &in_y))
    {
      GtkNative *native = gtk_widget_get_native (GTK_WIDGET (self));
      double offset_x, offset_y;

      gtk_native_get_surface_transform (native, &offset_x, &offset_y);
      if (gtk_widget_compute_point (GTK_WIDGET (native), GTK_WIDGET (self),
                                    &GRAPHENE_POINT_INIT ((float) (in_x - offset_x), (float) (in_y - offset_y)), &point))
        {
          x = point.x;
          y = point.y;
        }
    }
  if (gtk_event_controller_scroll_get_unit (scroll) == GDK_SCROLL_UNIT_SURFACE)
    dy /= 50;
  zoom_to (self, get_zoom (self) * pow (STEP, -dy), x, y);
  return GDK_EVENT_STOP;
}

static void
drag_begin_cb (YjZoomView *self)
{
  self->begin_x = self->x;
  self->begin_y = self->y;
}

static void
drag_update_cb (GtkGestureDrag *gesture,
                double          dx,
                double          dy,
                YjZoomView     *self)
{
  self->x = self->begin_x;
  self->y = self->begin_y;
  pan (self, -dx, -dy);
}

static void
pressed_cb (GtkGestureClick *gesture,
            int              n_press,
            double           x,
            double           y,
            YjZoomView      *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self));
  if (n_press == 2)
    zoom_to (self, self->zoom > 0 ? 0 : MAX (1, 2 * get_fitting (self)), x, y);
}

static void
pinch_begin_cb (YjZoomView *self)
{
  self->begin_zoom = get_zoom (self);
}

static void
pinch_cb (GtkGestureZoom *gesture,
          double          scale,
          YjZoomView     *self)
{
  double x, y;

  if (gtk_gesture_get_bounding_box_center (GTK_GESTURE (gesture), &x, &y))
    zoom_to (self, self->begin_zoom * scale, x, y);
}

static gboolean
pan_cb (GtkWidget *widget,
        GVariant  *args,
        gpointer   user_data)
{
  int x, y;

  g_variant_get (args, "(ii)", &x, &y);
  pan (YJ_ZOOM_VIEW (widget), x * KEY_PAN, y * KEY_PAN);
  return GDK_EVENT_STOP;
}

/* ---- type */
static void
yj_zoom_view_measure (GtkWidget      *widget,
                      GtkOrientation  orientation,
                      int             for_size,
                      int            *minimum,
                      int            *natural,
                      int            *minimum_baseline,
                      int            *natural_baseline)
{
  *minimum = *natural = 0;
}

static void
yj_zoom_view_size_allocate (GtkWidget *widget,
                            int        width,
                            int        height,
                            int        baseline)
{
  changed (YJ_ZOOM_VIEW (widget));
}

static void
yj_zoom_view_snapshot (GtkWidget   *widget,
                       GtkSnapshot *snapshot)
{
  YjZoomView *self = YJ_ZOOM_VIEW (widget);
  graphene_rect_t place;
  double zoom;

  if (self->texture == NULL)
    return;

  place = get_place (self);
  zoom = get_zoom (self);
  gtk_snapshot_append_scaled_texture (snapshot, self->texture,
                                      zoom >= PIXELATED ? GSK_SCALING_FILTER_NEAREST
                                      : zoom * self->coarseness < 1 ? GSK_SCALING_FILTER_TRILINEAR : GSK_SCALING_FILTER_LINEAR,
                                      &place);
}

static void
yj_zoom_view_get_property (GObject    *object,
                           guint       prop_id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  switch ((YjZoomViewProps) prop_id)
    {
    case PROP_PERCENT:
      g_value_set_uint (value, yj_zoom_view_get_percent (YJ_ZOOM_VIEW (object)));
      break;
    }
}

static void
yj_zoom_view_dispose (GObject *object)
{
  g_clear_object (&YJ_ZOOM_VIEW (object)->texture);

  G_OBJECT_CLASS (yj_zoom_view_parent_class)->dispose (object);
}

static void
yj_zoom_view_class_init (YjZoomViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = yj_zoom_view_get_property;
  object_class->dispose = yj_zoom_view_dispose;
  widget_class->measure = yj_zoom_view_measure;
  widget_class->size_allocate = yj_zoom_view_size_allocate;
  widget_class->snapshot = yj_zoom_view_snapshot;

  /**
   * YjZoomView:percent:
   *
   * How large the picture is seen, in percent of its own size.
   */
  props[PROP_PERCENT] = g_param_spec_uint ("percent", NULL, NULL, 0, G_MAXUINT, 100,
                                           G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (props), props);

  gtk_widget_class_add_binding (widget_class, GDK_KEY_Left, 0, pan_cb, "(ii)", -1, 0);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Right, 0, pan_cb, "(ii)", 1, 0);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Up, 0, pan_cb, "(ii)", 0, -1);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Down, 0, pan_cb, "(ii)", 0, 1);
  gtk_widget_class_set_css_name (widget_class, "zoomview");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
yj_zoom_view_init (YjZoomView *self)
{
  GtkEventController *scroll = gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_BOTH_AXES);
  GtkGesture *drag = gtk_gesture_drag_new (), *click = gtk_gesture_click_new (), *pinch = gtk_gesture_zoom_new ();

  self->coarseness = 1;
  self->x = self->y = 0.5;
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  g_signal_connect (scroll, "scroll", G_CALLBACK (scroll_cb), self);
  g_signal_connect_swapped (drag, "drag-begin", G_CALLBACK (drag_begin_cb), self);
  g_signal_connect (drag, "drag-update", G_CALLBACK (drag_update_cb), self);
  g_signal_connect (click, "pressed", G_CALLBACK (pressed_cb), self);
  g_signal_connect_swapped (pinch, "begin", G_CALLBACK (pinch_begin_cb), self);
  g_signal_connect (pinch, "scale-changed", G_CALLBACK (pinch_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), scroll);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (pinch));
}

/**
 * yj_zoom_view_set_texture:
 * @self: a view
 * @texture: the picture, perhaps made smaller
 * @longest: the longer side of the picture itself in px, 0 when that is the texture's
 *
 * Shows @texture in the place of another of the same picture, or all of it.
 */
void
yj_zoom_view_set_texture (YjZoomView *self,
                          GdkTexture *texture,
                          int         longest)
{
  int longer;

  g_return_if_fail (YJ_IS_ZOOM_VIEW (self));
  g_return_if_fail (GDK_IS_TEXTURE (texture));

  longer = MAX (gdk_texture_get_width (texture), gdk_texture_get_height (texture));
  g_set_object (&self->texture, texture);
  self->coarseness = longest > longer ? (double) longest / longer : 1;
  changed (self);
}

/**
 * yj_zoom_view_get_percent:
 * @self: a view
 *
 * Returns: how large the picture is seen, in percent of its own size
 */
guint
yj_zoom_view_get_percent (YjZoomView *self)
{
  g_return_val_if_fail (YJ_IS_ZOOM_VIEW (self), 100);

  return self->texture != NULL ? (guint) round (get_zoom (self) * 100) : 100;
}

/**
 * yj_zoom_view_wants_more:
 * @self: a view
 *
 * Returns: whether a finer texture of the same picture would show more
 */
gboolean
yj_zoom_view_wants_more (YjZoomView *self)
{
  g_return_val_if_fail (YJ_IS_ZOOM_VIEW (self), FALSE);

  return self->texture != NULL && self->coarseness > 1 && get_zoom (self) * self->coarseness > 1;
}

/**
 * yj_zoom_view_step:
 * @self: a view
 * @larger: whether larger or smaller
 *
 * Zooms by one step around the middle.
 */
void
yj_zoom_view_step (YjZoomView *self,
                   gboolean    larger)
{
  g_return_if_fail (YJ_IS_ZOOM_VIEW (self));

  if (self->texture != NULL)
    zoom_to (self, get_zoom (self) * (larger ? STEP : 1 / STEP), gtk_widget_get_width (GTK_WIDGET (self)) / 2.0,
             gtk_widget_get_height (GTK_WIDGET (self)) / 2.0);
}

/**
 * yj_zoom_view_fit:
 * @self: a view
 *
 * Shows all of the picture, from now on in any size of the view.
 */
void
yj_zoom_view_fit (YjZoomView *self)
{
  g_return_if_fail (YJ_IS_ZOOM_VIEW (self));

  zoom_to (self, 0, 0, 0);
}

/**
 * yj_zoom_view_show_full:
 * @self: a view
 *
 * Shows a pixel of the picture as a pixel of the screen.
 */
void
yj_zoom_view_show_full (YjZoomView *self)
{
  g_return_if_fail (YJ_IS_ZOOM_VIEW (self));

  zoom_to (self, 1, gtk_widget_get_width (GTK_WIDGET (self)) / 2.0, gtk_widget_get_height (GTK_WIDGET (self)) / 2.0);
}
