/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-gallery-page"

#include "yj-gallery-page.h"

struct _YjGalleryPage
{
  AdwBin     parent_instance;
  YjSession *session;
};

typedef enum
{
  PROP_SESSION = 1,
} YjGalleryPageProps;

static GParamSpec *props[PROP_SESSION + 1];

G_DEFINE_FINAL_TYPE (YjGalleryPage, yj_gallery_page, ADW_TYPE_BIN)

static void
yj_gallery_page_dispose (GObject *object)
{
  YjGalleryPage *self = YJ_GALLERY_PAGE (object);

  g_clear_object (&self->session);

  G_OBJECT_CLASS (yj_gallery_page_parent_class)->dispose (object);
}

static void
yj_gallery_page_get_property (GObject    *object,
                         guint       prop_id,
                         GValue     *value,
                         GParamSpec *pspec)
{
  YjGalleryPage *self = YJ_GALLERY_PAGE (object);

  switch ((YjGalleryPageProps) prop_id)
    {
    case PROP_SESSION:
      g_value_set_object (value, self->session);
      break;
    }
}

static void
yj_gallery_page_set_property (GObject      *object,
                         guint         prop_id,
                         const GValue *value,
                         GParamSpec   *pspec)
{
  YjGalleryPage *self = YJ_GALLERY_PAGE (object);

  switch ((YjGalleryPageProps) prop_id)
    {
    case PROP_SESSION:
      g_set_object (&self->session, g_value_get_object (value));
      break;
    }
}

static void
yj_gallery_page_class_init (YjGalleryPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = yj_gallery_page_dispose;
  object_class->get_property = yj_gallery_page_get_property;
  object_class->set_property = yj_gallery_page_set_property;

  props[PROP_SESSION] = g_param_spec_object ("session", NULL, NULL, YJ_TYPE_SESSION,
                                             G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (props), props);
}

static void
yj_gallery_page_init (YjGalleryPage *self)
{
}
