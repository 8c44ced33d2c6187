/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-poster-image"

#include "yj-poster-image.h"

#include "yj-poster.h"

#define LARGE 640               /* px, from which on a smaller still is better than none for the moment */

struct _YjPosterImage
{
  GtkWidget     parent_instance;

  GtkWidget    *stack;
  GtkWidget    *icon;
  GtkWidget    *picture;
  GFile        *file;
  GCancellable *cancellable;    /* of the load under way */
  int           size;           /* px of the longer side, before the scale factor */
  gboolean      stale;          /* what is on show stays until the new still is there */
};

typedef enum
{
  PROP_FILE = 1,
  PROP_ICON_NAME,
  PROP_SIZE,
  PROP_CONTENT_FIT,
  PROP_ICON_SIZE,
} YjPosterImageProps;

static GParamSpec *props[PROP_ICON_SIZE + 1];
static GHashTable *all;         /* set of YjPosterImage, unowned */

G_DEFINE_FINAL_TYPE (YjPosterImage, yj_poster_image, GTK_TYPE_WIDGET)

static void
stop (YjPosterImage *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static void
show (YjPosterImage *self,
      GdkPaintable  *still)
{
  gtk_picture_set_paintable (GTK_PICTURE (self->picture), still);
  gtk_stack_set_visible_child (GTK_STACK (self->stack), still != NULL ? self->picture : self->icon);
}

static void
load_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(YjPosterImage) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GdkTexture) texture = yj_poster_load_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_clear_object (&self->cancellable);
  self->stale = FALSE;
  if (texture == NULL)
    {
      g_debug ("no poster: %s", error->message);
      return;
    }
  show (self, GDK_PAINTABLE (texture));
}

static void
load (YjPosterImage *self)
{
  if (self->file == NULL || self->cancellable != NULL || !gtk_widget_get_mapped (GTK_WIDGET (self)) ||
      (!self->stale && gtk_picture_get_paintable (GTK_PICTURE (self->picture)) != NULL))
    return;

  self->cancellable = g_cancellable_new ();
  yj_poster_load_async (self->file, self->size * gtk_widget_get_scale_factor (GTK_WIDGET (self)), self->cancellable,
                        load_cb, g_object_ref (self));
}

static void
yj_poster_image_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (yj_poster_image_parent_class)->map (widget);

  load (YJ_POSTER_IMAGE (widget));
}

static void
yj_poster_image_unmap (GtkWidget *widget)
{
  stop (YJ_POSTER_IMAGE (widget));

  GTK_WIDGET_CLASS (yj_poster_image_parent_class)->unmap (widget);
}

static void
yj_poster_image_dispose (GObject *object)
{
  YjPosterImage *self = YJ_POSTER_IMAGE (object);

  stop (self);
  g_hash_table_remove (all, self);
  g_clear_object (&self->file);
  g_clear_pointer (&self->stack, gtk_widget_unparent);

  G_OBJECT_CLASS (yj_poster_image_parent_class)->dispose (object);
}

/* Whoever opens a video comes from its card: that still is shown until the large one is there, and not a black stage. */
static void
borrow (YjPosterImage *self)
{
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, all);
  while (!self->stale && g_hash_table_iter_next (&iter, &key, NULL))
    {
      YjPosterImage *other = key;
      GdkPaintable *still = gtk_picture_get_paintable (GTK_PICTURE (other->picture));

      if (other == self || still == NULL || other->stale || other->file == NULL || !g_file_equal (other->file, self->file))
        continue;
      show (self, still);
      self->stale = TRUE;
    }
}

static void
set_file (YjPosterImage *self,
          GFile         *file)
{
  if (self->file == file || (self->file != NULL && file != NULL && g_file_equal (self->file, file)))
    return;

  stop (self);
  self->stale = FALSE;
  g_set_object (&self->file, file);
  show (self, NULL);
  if (file != NULL && self->size >= LARGE)
    borrow (self);
  load (self);
}

static void
yj_poster_image_get_property (GObject    *object,
                              guint       prop_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  YjPosterImage *self = YJ_POSTER_IMAGE (object);

  switch ((YjPosterImageProps) prop_id)
    {
    case PROP_FILE:
      g_value_set_object (value, self->file);
      break;
    case PROP_ICON_NAME:
      g_value_set_string (value, gtk_image_get_icon_name (GTK_IMAGE (self->icon)));
      break;
    case PROP_SIZE:
      g_value_set_int (value, self->size);
      break;
    case PROP_CONTENT_FIT:
      g_value_set_enum (value, gtk_picture_get_content_fit (GTK_PICTURE (self->picture)));
      break;
    case PROP_ICON_SIZE:
      g_value_set_int (value, gtk_image_get_pixel_size (GTK_IMAGE (self->icon)));
      break;
    }
}

static void
yj_poster_image_set_property (GObject      *object,
                              guint         prop_id,
                              const GValue *value,
                              GParamSpec   *pspec)
{
  YjPosterImage *self = YJ_POSTER_IMAGE (object);

  switch ((YjPosterImageProps) prop_id)
    {
    case PROP_FILE:
      set_file (self, g_value_get_object (value));
      break;
    case PROP_ICON_NAME:
      gtk_image_set_from_icon_name (GTK_IMAGE (self->icon), g_value_get_string (value));
      break;
    case PROP_SIZE:
      self->size = g_value_get_int (value);
      break;
    case PROP_CONTENT_FIT:
      gtk_picture_set_content_fit (GTK_PICTURE (self->picture), g_value_get_enum (value));
      break;
    case PROP_ICON_SIZE:
      gtk_image_set_pixel_size (GTK_IMAGE (self->icon), g_value_get_int (value));
      break;
    }
}

static void
yj_poster_image_class_init (YjPosterImageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = yj_poster_image_dispose;
  object_class->get_property = yj_poster_image_get_property;
  object_class->set_property = yj_poster_image_set_property;
  widget_class->map = yj_poster_image_map;
  widget_class->unmap = yj_poster_image_unmap;

  props[PROP_FILE] = g_param_spec_object ("file", NULL, NULL, G_TYPE_FILE, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  props[PROP_ICON_NAME] = g_param_spec_string ("icon-name", NULL, NULL, NULL, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  props[PROP_SIZE] = g_param_spec_int ("size", NULL, NULL, 16, 4096, 320, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  props[PROP_CONTENT_FIT] = g_param_spec_enum ("content-fit", NULL, NULL, GTK_TYPE_CONTENT_FIT, GTK_CONTENT_FIT_COVER,
                                               G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  props[PROP_ICON_SIZE] = g_param_spec_int ("icon-size", NULL, NULL, 8, 256, 32, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (props), props);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  all = g_hash_table_new (NULL, NULL);
}

static void
yj_poster_image_init (YjPosterImage *self)
{
  self->size = 320;
  g_hash_table_add (all, self);
  self->stack = gtk_stack_new ();
  gtk_widget_set_parent (self->stack, GTK_WIDGET (self));
  self->icon = gtk_image_new ();
  gtk_image_set_pixel_size (GTK_IMAGE (self->icon), 32);
  gtk_widget_add_css_class (self->icon, "dimmed");
  gtk_stack_add_child (GTK_STACK (self->stack), self->icon);
  self->picture = gtk_picture_new ();
  gtk_picture_set_content_fit (GTK_PICTURE (self->picture), GTK_CONTENT_FIT_COVER);
  gtk_stack_add_child (GTK_STACK (self->stack), self->picture);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->picture), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
}

/**
 * yj_poster_image_get_paintable:
 * @self: a poster
 *
 * Returns: (nullable) (transfer none): the still, once it is there
 */
GdkPaintable *
yj_poster_image_get_paintable (YjPosterImage *self)
{
  g_return_val_if_fail (YJ_IS_POSTER_IMAGE (self), NULL);

  return gtk_picture_get_paintable (GTK_PICTURE (self->picture));
}

/**
 * yj_poster_image_refresh:
 * @file: a file that has changed
 *
 * Every poster of @file, wherever it is, shows how it looks now.
 */
void
yj_poster_image_refresh (GFile *file)
{
  GHashTableIter iter;
  gpointer image;

  g_return_if_fail (G_IS_FILE (file));

  if (all == NULL)
    return;                     /* there never was a poster */
  g_hash_table_iter_init (&iter, all);
  while (g_hash_table_iter_next (&iter, &image, NULL))
    {
      YjPosterImage *self = image;

      if (self->file == NULL || !g_file_equal (self->file, file))
        continue;
      stop (self);
      self->stale = TRUE;
      load (self);
    }
}
