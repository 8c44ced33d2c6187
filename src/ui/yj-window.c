/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-window"

#include "yj-window.h"

#include "yj-chat-page.h"
#include "yj-create-page.h"
#include "yj-gallery-page.h"

struct _YjWindow
{
  AdwApplicationWindow parent_instance;

  YjSession        *session;
  AdwToastOverlay  *toast_overlay;
  AdwNavigationView *navigation;
  AdwViewStack     *places;
  AdwViewStackPage *gallery_place;
  YjChatPage       *chat_page;
  YjCreatePage     *create_page;
  YjGalleryPage    *gallery_page;
};

typedef enum
{
  PROP_SESSION = 1,
} YjWindowProps;

static GParamSpec *props[PROP_SESSION + 1];

G_DEFINE_FINAL_TYPE (YjWindow, yj_window, ADW_TYPE_APPLICATION_WINDOW)

static void
yj_window_dispose (GObject *object)
{
  YjWindow *self = YJ_WINDOW (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), YJ_TYPE_WINDOW);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (yj_window_parent_class)->dispose (object);
}

static void
yj_window_get_property (GObject    *object,
                        guint       prop_id,
                        GValue     *value,
                        GParamSpec *pspec)
{
  YjWindow *self = YJ_WINDOW (object);

  switch ((YjWindowProps) prop_id)
    {
    case PROP_SESSION:
      g_value_set_object (value, self->session);
      break;
    }
}

static void
yj_window_set_property (GObject      *object,
                        guint         prop_id,
                        const GValue *value,
                        GParamSpec   *pspec)
{
  YjWindow *self = YJ_WINDOW (object);

  switch ((YjWindowProps) prop_id)
    {
    case PROP_SESSION:
      g_set_object (&self->session, g_value_get_object (value));
      break;
    }
}

static void
yj_window_class_init (YjWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = yj_window_dispose;
  object_class->get_property = yj_window_get_property;
  object_class->set_property = yj_window_set_property;

  props[PROP_SESSION] = g_param_spec_object ("session", NULL, NULL, YJ_TYPE_SESSION,
                                             G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (props), props);

  g_type_ensure (YJ_TYPE_CHAT_PAGE);
  g_type_ensure (YJ_TYPE_CREATE_PAGE);
  g_type_ensure (YJ_TYPE_GALLERY_PAGE);
  gtk_widget_class_set_template_from_resource (widget_class, "/ai/opencomputing/Yuanjing/ui/yj-window.ui");
  gtk_widget_class_bind_template_child (widget_class, YjWindow, toast_overlay);
  gtk_widget_class_bind_template_child (widget_class, YjWindow, navigation);
  gtk_widget_class_bind_template_child (widget_class, YjWindow, places);
  gtk_widget_class_bind_template_child (widget_class, YjWindow, gallery_place);
  gtk_widget_class_bind_template_child (widget_class, YjWindow, chat_page);
  gtk_widget_class_bind_template_child (widget_class, YjWindow, create_page);
  gtk_widget_class_bind_template_child (widget_class, YjWindow, gallery_page);
}

static void
yj_window_init (YjWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * yj_window_new:
 * @application: the application
 * @session: (nullable): what the window works with
 *
 * Returns: (transfer none): a window with its three places
 */
YjWindow *
yj_window_new (GtkApplication *application,
               YjSession      *session)
{
  g_return_val_if_fail (GTK_IS_APPLICATION (application), NULL);

  return g_object_new (YJ_TYPE_WINDOW, "application", application, "session", session, NULL);
}

/**
 * yj_window_get_session:
 * @self: a window
 *
 * Returns: (transfer none): what the window works with
 */
YjSession *
yj_window_get_session (YjWindow *self)
{
  g_return_val_if_fail (YJ_IS_WINDOW (self), NULL);

  return self->session;
}

/**
 * yj_window_show_place:
 * @self: a window
 * @place: `chat`, `create` or `gallery`
 *
 * Goes to a place, leaving whatever page lies over it.
 */
void
yj_window_show_place (YjWindow   *self,
                      const char *place)
{
  g_return_if_fail (YJ_IS_WINDOW (self));
  g_return_if_fail (place != NULL);

  adw_navigation_view_pop_to_tag (self->navigation, "main");
  adw_view_stack_set_visible_child_name (self->places, place);
}

/**
 * yj_window_add_toast:
 * @self: a window
 * @toast: (transfer full): what to say in passing
 *
 * Shows a toast over whatever is on screen.
 */
void
yj_window_add_toast (YjWindow *self,
                     AdwToast *toast)
{
  g_return_if_fail (YJ_IS_WINDOW (self));
  g_return_if_fail (ADW_IS_TOAST (toast));

  adw_toast_overlay_add_toast (self->toast_overlay, toast);
}
