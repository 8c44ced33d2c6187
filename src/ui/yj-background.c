/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-background"

#include "yj-background.h"

#include <glib/gi18n.h>

#define PORTAL "org.freedesktop.portal.Desktop"
#define PORTAL_PATH "/org/freedesktop/portal/desktop"
#define BACKGROUND "org.freedesktop.portal.Background"

typedef struct
{
  GDBusConnection *bus;
  guint            response_id;
} Request;

static void
request_free (Request *request)
{
  if (request->response_id != 0)
    g_dbus_connection_signal_unsubscribe (request->bus, request->response_id);
  g_clear_object (&request->bus);
  g_free (request);
}

/**
 * yj_background_uses_portal:
 *
 * Returns: whether the desktop is asked through its portal: within a Flatpak, or where `GTK_USE_PORTAL` is 1
 */
gboolean
yj_background_uses_portal (void)
{
  return g_file_test ("/.flatpak-info", G_FILE_TEST_EXISTS) || g_strcmp0 (g_getenv ("GTK_USE_PORTAL"), "1") == 0;
}

static void
response_cb (GDBusConnection *bus,
             const char      *sender,
             const char      *path,
             const char      *interface,
             const char      *signal,
             GVariant        *parameters,
             gpointer         user_data)
{
  GTask *task = user_data;
  Request *request = g_task_get_task_data (task);
  g_autoptr(GVariant) results = NULL;
  gboolean allowed = FALSE;
  guint32 response;

  g_variant_get (parameters, "(u@a{sv})", &response, &results);
  g_variant_lookup (results, "background", "b", &allowed);
  g_dbus_connection_signal_unsubscribe (bus, g_steal_handle_id (&request->response_id));
  g_task_return_boolean (task, response == 0 && allowed);
}

/* A desktop without this portal does not watch programs either: nothing is in the way. */
static void
called_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GVariant) reply = g_dbus_connection_call_finish (G_DBUS_CONNECTION (object), result, &error);
  Request *request = g_task_get_task_data (task);

  if (reply != NULL || request->response_id == 0)
    return;

  g_debug ("no portal for the background: %s", error->message);
  g_dbus_connection_signal_unsubscribe (request->bus, g_steal_handle_id (&request->response_id));
  g_task_return_boolean (task, TRUE);
}

/**
 * yj_background_request_async:
 * @cancellable: (nullable): a cancellable
 * @callback: (scope async) (closure user_data): called when done
 * @user_data: data for @callback
 *
 * Asks the Background portal whether the program may go on without a window; the desktop may ask the person. Where no
 * portal is in use, it may.
 */
void
yj_background_request_async (GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  GDBusConnection *bus = yj_background_uses_portal () ? g_application_get_dbus_connection (g_application_get_default ()) : NULL;
  g_autofree char *sender = NULL;
  g_autofree char *token = NULL;
  g_autofree char *path = NULL;
  GVariantBuilder options;
  Request *request;

  g_task_set_source_tag (task, yj_background_request_async);
  if (bus == NULL)
    {
      g_task_return_boolean (task, TRUE);
      return;
    }

  request = g_new0 (Request, 1);
  request->bus = g_object_ref (bus);
  g_task_set_task_data (task, request, (GDestroyNotify) request_free);
  /* The path of the answer is known beforehand, so that it cannot be missed. */
  sender = g_strdelimit (g_strdup (g_dbus_connection_get_unique_name (bus) + 1), ".", '_');
  token = g_strdup_printf ("yuanjing%u", g_random_int ());
  path = g_strdup_printf (PORTAL_PATH "/request/%s/%s", sender, token);
  request->response_id = g_dbus_connection_signal_subscribe (bus, PORTAL, "org.freedesktop.portal.Request", "Response", path, NULL,
                                                             G_DBUS_SIGNAL_FLAGS_NONE, response_cb,
                                                             g_object_ref (task), g_object_unref);
  g_variant_builder_init (&options, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (&options, "{sv}", "handle_token", g_variant_new_string (token));
  g_variant_builder_add (&options, "{sv}", "reason", g_variant_new_string (_("Videos that are being made are waited for")));
  g_variant_builder_add (&options, "{sv}", "autostart", g_variant_new_boolean (FALSE));
  g_dbus_connection_call (bus, PORTAL, PORTAL_PATH, BACKGROUND, "RequestBackground", g_variant_new ("(sa{sv})", "", &options),
                          G_VARIANT_TYPE ("(o)"), G_DBUS_CALL_FLAGS_NONE, -1, cancellable, called_cb, g_object_ref (task));
}

/**
 * yj_background_request_finish:
 * @result: from the callback
 *
 * Returns: whether the program may go on without a window
 */
gboolean
yj_background_request_finish (GAsyncResult *result)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);

  return g_task_propagate_boolean (G_TASK (result), NULL);
}

/**
 * yj_background_set_status:
 * @text: what the program does, in a few words
 *
 * Has the desktop show @text where it lists what runs without a window.
 */
void
yj_background_set_status (const char *text)
{
  GDBusConnection *bus = yj_background_uses_portal () ? g_application_get_dbus_connection (g_application_get_default ()) : NULL;
  GVariantBuilder options;

  g_return_if_fail (text != NULL);

  if (bus == NULL)
    return;
  g_variant_builder_init (&options, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (&options, "{sv}", "message", g_variant_new_string (text));
  g_dbus_connection_call (bus, PORTAL, PORTAL_PATH, BACKGROUND, "SetStatus", g_variant_new ("(a{sv})", &options), NULL,
                          G_DBUS_CALL_FLAGS_NONE, -1, NULL, NULL, NULL);
}
