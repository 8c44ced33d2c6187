/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-thumbnail"

#include "yj-thumbnail.h"

#include "yj-poster-image.h"

struct _YjThumbnail
{
  GtkWidget  parent_instance;
  GtkWidget *picture;
  int        width;             /* px */
  int        height;
};

G_DEFINE_FINAL_TYPE (YjThumbnail, yj_thumbnail, GTK_TYPE_WIDGET)

static void
yj_thumbnail_measure (GtkWidget      *widget,
                      GtkOrientation  orientation,
                      int             for_size,
                      int            *minimum,
                      int            *natural,
                      int            *minimum_baseline,
                      int            *natural_baseline)
{
  YjThumbnail *self = YJ_THUMBNAIL (widget);

  *minimum = *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? self->width : self->height;
}

static void
yj_thumbnail_size_allocate (GtkWidget *widget,
                            int        width,
                            int        height,
                            int        baseline)
{
  gtk_widget_size_allocate (YJ_THUMBNAIL (widget)->picture, &(GtkAllocation) { 0, 0, width, height }, -1);
}

static void
yj_thumbnail_dispose (GObject *object)
{
  g_clear_pointer (&YJ_THUMBNAIL (object)->picture, gtk_widget_unparent);

  G_OBJECT_CLASS (yj_thumbnail_parent_class)->dispose (object);
}

static void
yj_thumbnail_class_init (YjThumbnailClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = yj_thumbnail_dispose;
  widget_class->measure = yj_thumbnail_measure;
  widget_class->size_allocate = yj_thumbnail_size_allocate;
  gtk_widget_class_set_css_name (widget_class, "thumbnail");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
yj_thumbnail_init (YjThumbnail *self)
{
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
}

/**
 * yj_thumbnail_new:
 * @width: px
 * @height: px, no more than @width
 *
 * Returns: (transfer floating): an empty thumbnail
 */
GtkWidget *
yj_thumbnail_new (int width,
                  int height)
{
  YjThumbnail *self = g_object_new (YJ_TYPE_THUMBNAIL, NULL);

  self->width = width;
  self->height = height;
  self->picture = g_object_new (YJ_TYPE_POSTER_IMAGE, "size", MAX (16, 2 * width), "icon-size", MIN (height, 24), NULL);
  gtk_widget_set_parent (self->picture, GTK_WIDGET (self));

  return GTK_WIDGET (self);
}

/**
 * yj_thumbnail_set_file:
 * @self: a thumbnail
 * @file: (nullable): what to show; %NULL: a sign that it is not there
 */
void
yj_thumbnail_set_file (YjThumbnail *self,
                       YjDraftFile *file)
{
  static const char * const icons[] = { "text-x-generic-symbolic", "image-x-generic-symbolic", "video-x-generic-symbolic",
                                        "audio-x-generic-symbolic" };
  YjMediaKind kind = file != NULL ? yj_draft_file_get_kind (file) : YJ_MEDIA_KIND_UNKNOWN;

  g_return_if_fail (YJ_IS_THUMBNAIL (self));

  g_object_set (self->picture,
                "icon-name", file != NULL ? icons[kind] : "dialog-warning-symbolic",
                "file", kind == YJ_MEDIA_KIND_IMAGE || kind == YJ_MEDIA_KIND_VIDEO ? yj_draft_file_get_file (file) : NULL,
                NULL);
}
