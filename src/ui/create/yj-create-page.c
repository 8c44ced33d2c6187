/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-create-page"

#include "yj-create-page.h"

struct _YjCreatePage
{
  AdwBin     parent_instance;
  YjSession *session;
  YjDraft   *draft;
};

typedef enum
{
  PROP_SESSION = 1,
} YjCreatePageProps;

static GParamSpec *props[PROP_SESSION + 1];

G_DEFINE_FINAL_TYPE (YjCreatePage, yj_create_page, ADW_TYPE_BIN)

static void
yj_create_page_dispose (GObject *object)
{
  YjCreatePage *self = YJ_CREATE_PAGE (object);

  g_clear_object (&self->session);
  g_clear_object (&self->draft);

  G_OBJECT_CLASS (yj_create_page_parent_class)->dispose (object);
}

static void
yj_create_page_get_property (GObject    *object,
                         guint       prop_id,
                         GValue     *value,
                         GParamSpec *pspec)
{
  YjCreatePage *self = YJ_CREATE_PAGE (object);

  switch ((YjCreatePageProps) prop_id)
    {
    case PROP_SESSION:
      g_value_set_object (value, self->session);
      break;
    }
}

static void
yj_create_page_set_property (GObject      *object,
                         guint         prop_id,
                         const GValue *value,
                         GParamSpec   *pspec)
{
  YjCreatePage *self = YJ_CREATE_PAGE (object);

  switch ((YjCreatePageProps) prop_id)
    {
    case PROP_SESSION:
      g_set_object (&self->session, g_value_get_object (value));
      break;
    }
}

static void
yj_create_page_class_init (YjCreatePageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = yj_create_page_dispose;
  object_class->get_property = yj_create_page_get_property;
  object_class->set_property = yj_create_page_set_property;

  props[PROP_SESSION] = g_param_spec_object ("session", NULL, NULL, YJ_TYPE_SESSION,
                                             G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (props), props);
}

static void
yj_create_page_init (YjCreatePage *self)
{
}

void
yj_create_page_set_draft (YjCreatePage *self,
                          YjDraft      *draft)
{
  g_return_if_fail (YJ_IS_CREATE_PAGE (self));

  g_set_object (&self->draft, draft);
}

void
yj_create_page_set_prompt (YjCreatePage *self,
                           const char   *prompt)
{
  g_return_if_fail (YJ_IS_CREATE_PAGE (self));

  if (self->draft != NULL)
    yj_draft_set_prompt (self->draft, prompt);
}

void
yj_create_page_add_files (YjCreatePage *self,
                          GListModel   *files)
{
  g_return_if_fail (YJ_IS_CREATE_PAGE (self));
  g_return_if_fail (G_IS_LIST_MODEL (files));
}
