/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-welcome-page"

#include "yj-welcome-page.h"

#include "yj-keep-focus.h"

struct _YjWelcomePage
{
  AdwBin     parent_instance;
  YjSession *session;

  GtkWidget *key_button;
  GtkWidget *note;
};

typedef enum
{
  PROP_SESSION = 1,
} YjWelcomePageProps;

static GParamSpec *props[PROP_SESSION + 1];

G_DEFINE_FINAL_TYPE (YjWelcomePage, yj_welcome_page, ADW_TYPE_BIN)

static void
update_note (YjWelcomePage *self)
{
  g_autoptr(GError) error = NULL;

  g_object_get (self->session, "key-error", &error, NULL);
  gtk_widget_set_visible (self->note, error != NULL);
  if (error != NULL)
    g_debug ("the keyring gave no key: %s", error->message);
}

static void
yj_welcome_page_map (GtkWidget *widget)
{
  YjWelcomePage *self = YJ_WELCOME_PAGE (widget);

  GTK_WIDGET_CLASS (yj_welcome_page_parent_class)->map (widget);

  gtk_widget_grab_focus (self->key_button);
}

static void
yj_welcome_page_dispose (GObject *object)
{
  YjWelcomePage *self = YJ_WELCOME_PAGE (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), YJ_TYPE_WELCOME_PAGE);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (yj_welcome_page_parent_class)->dispose (object);
}

static void
yj_welcome_page_get_property (GObject    *object,
                              guint       prop_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  YjWelcomePage *self = YJ_WELCOME_PAGE (object);

  switch ((YjWelcomePageProps) prop_id)
    {
    case PROP_SESSION:
      g_value_set_object (value, self->session);
      break;
    }
}

static void
yj_welcome_page_set_property (GObject      *object,
                              guint         prop_id,
                              const GValue *value,
                              GParamSpec   *pspec)
{
  YjWelcomePage *self = YJ_WELCOME_PAGE (object);

  switch ((YjWelcomePageProps) prop_id)
    {
    case PROP_SESSION:
      if (g_set_object (&self->session, g_value_get_object (value)) && self->session != NULL)
        {
          g_signal_connect_object (self->session, "notify::key-error", G_CALLBACK (update_note), self, G_CONNECT_SWAPPED);
          update_note (self);
        }
      break;
    }
}

static void
yj_welcome_page_class_init (YjWelcomePageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = yj_welcome_page_dispose;
  object_class->get_property = yj_welcome_page_get_property;
  object_class->set_property = yj_welcome_page_set_property;
  widget_class->map = yj_welcome_page_map;

  props[PROP_SESSION] = g_param_spec_object ("session", NULL, NULL, YJ_TYPE_SESSION, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (props), props);

  gtk_widget_class_set_template_from_resource (widget_class, "/ai/opencomputing/Yuanjing/ui/yj-welcome-page.ui");
  gtk_widget_class_bind_template_child (widget_class, YjWelcomePage, key_button);
  gtk_widget_class_bind_template_child (widget_class, YjWelcomePage, note);
}

static void
yj_welcome_page_init (YjWelcomePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  yj_keep_focus (adw_bin_get_child (ADW_BIN (self)), "current-breakpoint");
}
