/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "yj-fix-preview.h"

#define LEAST 96                /* px */
#define USUAL_WIDTH 220
#define USUAL_HEIGHT 170
#define SHADE 0.6f
#define EDGE 0.15f

struct _YjFixPreview
{
  GtkWidget     parent_instance;

  gboolean      result;
  GdkPaintable *picture;
  YjMend        mend;
  int           width;          /* of the file, px; 0: nothing is known yet */
  int           height;
  GdkRGBA       background;
};

typedef enum
{
  PROP_RESULT = 1,
} YjFixPreviewProps;

static GParamSpec *props[PROP_RESULT + 1];

G_DEFINE_FINAL_TYPE (YjFixPreview, yj_fix_preview, GTK_TYPE_WIDGET)

static void
yj_fix_preview_measure (GtkWidget      *widget,
                        GtkOrientation  orientation,
                        int             for_size,
                        int            *minimum,
                        int            *natural,
                        int            *minimum_baseline,
                        int            *natural_baseline)
{
  *minimum = LEAST;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? USUAL_WIDTH : USUAL_HEIGHT;
}

/* The largest rectangle of the shape of @width × @height in the middle. */
static graphene_rect_t
fit (GtkWidget *widget,
     double     width,
     double     height)
{
  double room_x = gtk_widget_get_width (widget), room_y = gtk_widget_get_height (widget);
  double scale = MIN (room_x / width, room_y / height);

  return GRAPHENE_RECT_INIT ((float) ((room_x - width * scale) / 2), (float) ((room_y - height * scale) / 2),
                             (float) (width * scale), (float) (height * scale));
}

static void
append_picture (GtkSnapshot           *snapshot,
                GdkPaintable          *picture,
                const graphene_rect_t *area)
{
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &area->origin);
  gdk_paintable_snapshot (picture, GDK_SNAPSHOT (snapshot), area->size.width, area->size.height);
  gtk_snapshot_restore (snapshot);
}

/* White bars on a white dialog have to be told apart. */
static void
append_edge (YjFixPreview          *self,
             GtkSnapshot           *snapshot,
             const graphene_rect_t *area)
{
  GskRoundedRect edge;
  GdkRGBA colour;

  gtk_widget_get_color (GTK_WIDGET (self), &colour);
  colour.alpha *= EDGE;
  gsk_rounded_rect_init_from_rect (&edge, area, 0);
  gtk_snapshot_append_border (snapshot, &edge, (float[4]) { 1, 1, 1, 1 }, (GdkRGBA[4]) { colour, colour, colour, colour });
}

static void
show_before (YjFixPreview *self,
             GtkSnapshot  *snapshot)
{
  graphene_rect_t area = fit (GTK_WIDGET (self), self->width, self->height);
  float scale = area.size.width / (float) self->width;
  graphene_rect_t kept = GRAPHENE_RECT_INIT (area.origin.x + (float) self->mend.crop_x * scale,
                                             area.origin.y + (float) self->mend.crop_y * scale,
                                             (float) self->mend.crop_width * scale, (float) self->mend.crop_height * scale);
  gboolean cut = self->mend.crop_width < self->width - 2 || self->mend.crop_height < self->height - 2;

  if (!cut)
    {
      append_picture (snapshot, self->picture, &area);
      return;
    }
  gtk_snapshot_push_opacity (snapshot, 1 - SHADE);
  append_picture (snapshot, self->picture, &area);
  gtk_snapshot_pop (snapshot);
  gtk_snapshot_push_clip (snapshot, &kept);
  append_picture (snapshot, self->picture, &area);
  gtk_snapshot_pop (snapshot);
}

static void
show_after (YjFixPreview *self,
            GtkSnapshot  *snapshot)
{
  const YjMend *mend = &self->mend;
  graphene_rect_t area = fit (GTK_WIDGET (self), mend->width, mend->height), place, whole;
  float scale = area.size.width / (float) mend->width, across, down;

  place = GRAPHENE_RECT_INIT (area.origin.x + (float) mend->place_x * scale, area.origin.y + (float) mend->place_y * scale,
                              (float) mend->place_width * scale, (float) mend->place_height * scale);
  across = place.size.width / (float) mend->crop_width;
  down = place.size.height / (float) mend->crop_height;
  whole = GRAPHENE_RECT_INIT (place.origin.x - (float) mend->crop_x * across, place.origin.y - (float) mend->crop_y * down,
                              (float) self->width * across, (float) self->height * down);
  gtk_snapshot_append_color (snapshot, &self->background, &area);
  gtk_snapshot_push_clip (snapshot, &place);
  append_picture (snapshot, self->picture, &whole);
  gtk_snapshot_pop (snapshot);
  append_edge (self, snapshot, &area);
}

static void
yj_fix_preview_snapshot (GtkWidget   *widget,
                         GtkSnapshot *snapshot)
{
  YjFixPreview *self = YJ_FIX_PREVIEW (widget);

  if (self->picture == NULL || self->width <= 0 || self->mend.width <= 0)
    return;
  if (self->result)
    show_after (self, snapshot);
  else
    show_before (self, snapshot);
}

static void
yj_fix_preview_get_property (GObject    *object,
                             guint       prop_id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  switch ((YjFixPreviewProps) prop_id)
    {
    case PROP_RESULT:
      g_value_set_boolean (value, YJ_FIX_PREVIEW (object)->result);
      break;
    }
}

static void
yj_fix_preview_set_property (GObject      *object,
                             guint         prop_id,
                             const GValue *value,
                             GParamSpec   *pspec)
{
  switch ((YjFixPreviewProps) prop_id)
    {
    case PROP_RESULT:
      YJ_FIX_PREVIEW (object)->result = g_value_get_boolean (value);
      break;
    }
}

static void
let_go_of_picture (YjFixPreview *self)
{
  if (self->picture != NULL)
    g_signal_handlers_disconnect_by_func (self->picture, gtk_widget_queue_draw, self);
  g_clear_object (&self->picture);
}

static void
yj_fix_preview_dispose (GObject *object)
{
  let_go_of_picture (YJ_FIX_PREVIEW (object));

  G_OBJECT_CLASS (yj_fix_preview_parent_class)->dispose (object);
}

static void
yj_fix_preview_class_init (YjFixPreviewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = yj_fix_preview_dispose;
  object_class->get_property = yj_fix_preview_get_property;
  object_class->set_property = yj_fix_preview_set_property;
  widget_class->measure = yj_fix_preview_measure;
  widget_class->snapshot = yj_fix_preview_snapshot;

  /**
   * YjFixPreview:result:
   *
   * Whether it shows what comes out; else what goes in.
   */
  props[PROP_RESULT] = g_param_spec_boolean ("result", NULL, NULL, FALSE,
                                             G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (props), props);

  gtk_widget_class_set_css_name (widget_class, "fixpreview");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
yj_fix_preview_init (YjFixPreview *self)
{
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
}

/**
 * yj_fix_preview_set_picture:
 * @self: a preview
 * @picture: (nullable): the file, or a frame of it, upright
 */
void
yj_fix_preview_set_picture (YjFixPreview *self,
                            GdkPaintable *picture)
{
  g_return_if_fail (YJ_IS_FIX_PREVIEW (self));

  if (self->picture == picture)
    return;
  let_go_of_picture (self);
  if (picture != NULL)
    {
      self->picture = g_object_ref (picture);
      /* a clip that is played */
      g_signal_connect_object (picture, "invalidate-contents", G_CALLBACK (gtk_widget_queue_draw), self, G_CONNECT_SWAPPED);
    }
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * yj_fix_preview_set_mend:
 * @self: a preview
 * @mend: what is to be done
 * @width: px, of the file
 * @height: px
 * @background: of bars
 */
void
yj_fix_preview_set_mend (YjFixPreview  *self,
                         const YjMend  *mend,
                         int            width,
                         int            height,
                         const GdkRGBA *background)
{
  g_return_if_fail (YJ_IS_FIX_PREVIEW (self));

  self->mend = *mend;
  self->width = width;
  self->height = height;
  self->background = *background;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
