/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-search-provider"

#include "yj-search-provider.h"

#include "yj-finder.h"
#include "yj-library.h"
#include "yj-result-text.h"

#define IDLE_MS 10000           /* without a question, then it leaves */
#define LET_GO_MS 1000          /* between two letters that are typed; then the library is let go of */
#define MAX_RESULTS 100         /* a shell shows five, and the number of the others */
#define ACTIVATE_MS 60000       /* the app may have to be started, from a slow disk */

/**
 * YjSearchProvider:
 *
 * `org.gnome.Shell.SearchProvider2` over the prompts of videos and over conversations. It reads the library beside the app,
 * needs neither it nor a display, and asks the app, over its own actions, to show what was chosen.
 *
 * A new question ends the one before it, which then is answered with nothing. Whether the shell asks at all is for the
 * desktop's own search settings to say, and no shell searches behind a locked screen: there is no other switch here.
 */

struct _YjSearchProvider
{
  GApplication  parent_instance;
  YjFinder     *finder;
  YjCatalog    *catalog;        /* NULL until a video was found */
  GCancellable *cancellable;    /* of the question under way */
  char         *query;          /* asked last: a shell asks what results say without it */
  guint         registration;
  guint         let_go_id;
};

G_DEFINE_FINAL_TYPE (YjSearchProvider, yj_search_provider, G_TYPE_APPLICATION)

static const char introspection[] =
  "<node>"
  "  <interface name='org.gnome.Shell.SearchProvider2'>"
  "    <method name='GetInitialResultSet'>"
  "      <arg type='as' name='terms' direction='in'/>"
  "      <arg type='as' name='results' direction='out'/>"
  "    </method>"
  "    <method name='GetSubsearchResultSet'>"
  "      <arg type='as' name='previous_results' direction='in'/>"
  "      <arg type='as' name='terms' direction='in'/>"
  "      <arg type='as' name='results' direction='out'/>"
  "    </method>"
  "    <method name='GetResultMetas'>"
  "      <arg type='as' name='identifiers' direction='in'/>"
  "      <arg type='aa{sv}' name='metas' direction='out'/>"
  "    </method>"
  "    <method name='ActivateResult'>"
  "      <arg type='s' name='identifier' direction='in'/>"
  "      <arg type='as' name='terms' direction='in'/>"
  "      <arg type='u' name='timestamp' direction='in'/>"
  "    </method>"
  "    <method name='LaunchSearch'>"
  "      <arg type='as' name='terms' direction='in'/>"
  "      <arg type='u' name='timestamp' direction='in'/>"
  "    </method>"
  "  </interface>"
  "</node>";

/* ---- a question, which keeps the program here until it is answered */

static gboolean
let_go_cb (gpointer user_data)
{
  YjSearchProvider *self = user_data;

  self->let_go_id = 0;
  yj_finder_close_async (self->finder, NULL, NULL);

  return G_SOURCE_REMOVE;
}

static void
answer (GDBusMethodInvocation *invocation,
        GVariant              *value)
{
  YjSearchProvider *self = YJ_SEARCH_PROVIDER (g_application_get_default ());

  g_dbus_method_invocation_return_value (invocation, value);
  g_clear_handle_id (&self->let_go_id, g_source_remove);
  self->let_go_id = g_timeout_add (LET_GO_MS, let_go_cb, self);
  g_application_release (G_APPLICATION (self));
}

static GVariant *
make_results (const char * const *names)
{
  gsize n = names != NULL ? g_strv_length ((char **) names) : 0;
  static const char * const nothing[] = { NULL };

  return g_variant_new ("(@as)", g_variant_new_strv (names != NULL ? names : nothing, MIN (n, MAX_RESULTS)));
}

static void
found_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(GError) error = NULL;
  g_auto(GStrv) names = yj_finder_find_finish (YJ_FINDER (object), result, &error);

  /* No library yet, or one of another version: there is nothing to be found, and nobody to be told. */
  if (error != NULL)
    g_debug ("Not searched: %s", error->message);
  answer (user_data, make_results ((const char * const *) names));
}

static void
find (YjSearchProvider      *self,
      const char * const    *terms,
      const char * const    *previous,
      GDBusMethodInvocation *invocation)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_free (self->query);
  self->query = g_strjoinv (" ", (char **) terms);
  if (!yj_finder_is_query (self->query))
    {
      answer (invocation, make_results (NULL));
      return;
    }
  /* a full answer may have left something out */
  if (previous != NULL && g_strv_length ((char **) previous) >= MAX_RESULTS)
    previous = NULL;
  self->cancellable = g_cancellable_new ();
  yj_finder_find_async (self->finder, self->query, previous, self->cancellable, found_cb, invocation);
}

static void
get_initial_result_set (YjSearchProvider      *self,
                        GVariant              *parameters,
                        GDBusMethodInvocation *invocation)
{
  g_autofree const char **terms = NULL;

  g_variant_get (parameters, "(^a&s)", &terms);
  find (self, terms, NULL, invocation);
}

/* One letter finds nothing: what was left out then is to be found now. */
static void
get_subsearch_result_set (YjSearchProvider      *self,
                          GVariant              *parameters,
                          GDBusMethodInvocation *invocation)
{
  g_autofree const char **previous = NULL;
  g_autofree const char **terms = NULL;

  g_variant_get (parameters, "(^a&s^a&s)", &previous, &terms);
  find (self, terms, previous[0] != NULL ? previous : NULL, invocation);
}

/* ---- what results say */

static void
add_meta (YjSearchProvider *self,
          GVariantBuilder  *metas,
          const YjFinding  *finding)
{
  g_autofree char *name = yj_result_text_dup_name (finding);
  g_autofree char *description = NULL;
  g_autoptr(GIcon) icon = yj_result_text_new_icon (finding);
  g_autoptr(GVariant) serialized = g_icon_serialize (icon);

  if (self->catalog == NULL && yj_finder_is_job (finding->name))
    self->catalog = yj_catalog_new ();
  description = yj_result_text_dup_description (finding, self->catalog, g_get_real_time ());

  g_variant_builder_open (metas, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (metas, "{sv}", "id", g_variant_new_string (finding->name));
  g_variant_builder_add (metas, "{sv}", "name", g_variant_new_string (name));
  g_variant_builder_add (metas, "{sv}", "description", g_variant_new_string (description));
  g_variant_builder_add (metas, "{sv}", "icon", serialized);
  g_variant_builder_close (metas);
}

static void
described_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  GDBusMethodInvocation *invocation = user_data;
  YjSearchProvider *self = YJ_SEARCH_PROVIDER (g_application_get_default ());
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) findings = yj_finder_describe_finish (YJ_FINDER (object), result, &error);
  g_auto(GVariantBuilder) metas = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("aa{sv}"));

  if (error != NULL)
    g_debug ("Not described: %s", error->message);
  for (guint i = 0; findings != NULL && i < findings->len; i++)
    add_meta (self, &metas, findings->pdata[i]);
  answer (invocation, g_variant_new ("(aa{sv})", &metas));
}

static void
get_result_metas (YjSearchProvider      *self,
                  GVariant              *parameters,
                  GDBusMethodInvocation *invocation)
{
  g_autofree const char **names = NULL;

  g_variant_get (parameters, "(^a&s)", &names);
  yj_finder_describe_async (self->finder, names, self->query != NULL ? self->query : "", self->cancellable, described_cb, invocation);
}

/* ---- the app */

static void
activated_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GVariant) reply = g_dbus_connection_call_finish (G_DBUS_CONNECTION (object), result, &error);

  if (reply == NULL)
    g_warning ("The app could not be asked: %s", error->message);
  g_application_release (g_application_get_default ());
}

/* Has the app do something, started for it if need be. */
static void
activate (YjSearchProvider *self,
          const char       *action,
          GVariant         *parameter,
          guint             timestamp)
{
  g_auto(GVariantBuilder) parameters = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("av"));
  g_auto(GVariantBuilder) platform = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE_VARDICT);

  g_variant_builder_add (&parameters, "v", parameter);
  /* Only the moment is of use: without it, an X11 window manager takes the window for one that forces itself forward. On
     Wayland shells give no token; one that they do not know would keep the app from asking for its own. */
  if (g_strcmp0 (g_getenv ("XDG_SESSION_TYPE"), "x11") == 0)
    g_variant_builder_add (&platform, "{sv}", "desktop-startup-id",
                           g_variant_new_take_string (g_strdup_printf ("yuanjing_TIME%u", timestamp)));
  g_application_hold (G_APPLICATION (self));
  g_dbus_connection_call (g_application_get_dbus_connection (G_APPLICATION (self)), YJ_APP_ID, "/ai/opencomputing/Yuanjing",
                          "org.freedesktop.Application", "ActivateAction",
                          g_variant_new ("(sava{sv})", action, &parameters, &platform), NULL, G_DBUS_CALL_FLAGS_NONE,
                          ACTIVATE_MS, NULL, activated_cb, NULL);
}

static void
activate_result (YjSearchProvider      *self,
                 GVariant              *parameters,
                 GDBusMethodInvocation *invocation)
{
  const char *name;
  g_autofree const char **terms = NULL;
  g_autofree char *query = NULL;
  guint timestamp;

  g_variant_get (parameters, "(&s^a&su)", &name, &terms, &timestamp);
  query = g_strjoinv (" ", (char **) terms);
  if (yj_finder_is_job (name))
    activate (self, "show-job", g_variant_new_string (strchr (name, ':') + 1), timestamp);
  else if (strchr (name, ':') != NULL)
    activate (self, "show-conversation", g_variant_new ("(ss)", strchr (name, ':') + 1, query), timestamp);
  answer (invocation, NULL);
}

typedef struct
{
  GDBusMethodInvocation *invocation;
  char                  *query;
  guint                  timestamp;
} Launch;

/* Where more of it lies: who asks for the rest does not mean the first few. */
static void
launch_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  Launch *launch = user_data;
  g_auto(GStrv) names = yj_finder_find_finish (YJ_FINDER (object), result, NULL);
  guint n_jobs = 0, n_conversations = 0;

  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    yj_finder_is_job (names[i]) ? n_jobs++ : n_conversations++;
  activate (YJ_SEARCH_PROVIDER (g_application_get_default ()), n_conversations > n_jobs ? "search-chats" : "search-gallery",
            g_variant_new_string (launch->query), launch->timestamp);
  answer (launch->invocation, NULL);
  g_free (launch->query);
  g_free (launch);
}

static void
launch_search (YjSearchProvider      *self,
               GVariant              *parameters,
               GDBusMethodInvocation *invocation)
{
  g_autofree const char **terms = NULL;
  Launch *launch = g_new0 (Launch, 1);

  g_variant_get (parameters, "(^a&su)", &terms, &launch->timestamp);
  launch->invocation = invocation;
  launch->query = g_strjoinv (" ", (char **) terms);
  yj_finder_find_async (self->finder, launch->query, NULL, NULL, launch_cb, launch);
}

/* ---- on the bus */

static void
method_call (GDBusConnection       *connection,
             const char            *sender,
             const char            *path,
             const char            *interface,
             const char            *method,
             GVariant              *parameters,
             GDBusMethodInvocation *invocation,
             gpointer               user_data)
{
  static const struct
  {
    const char *name;
    void      (*func) (YjSearchProvider *self, GVariant *parameters, GDBusMethodInvocation *invocation);
  } methods[] = {
    { "GetInitialResultSet", get_initial_result_set },
    { "GetSubsearchResultSet", get_subsearch_result_set },
    { "GetResultMetas", get_result_metas },
    { "ActivateResult", activate_result },
    { "LaunchSearch", launch_search },
  };

  /* Held until it is answered. GDBus lets through only what is in the description, with arguments of its types. */
  g_application_hold (user_data);
  for (guint i = 0; i < G_N_ELEMENTS (methods); i++)
    if (g_str_equal (method, methods[i].name))
      methods[i].func (user_data, parameters, invocation);
}

static gboolean
yj_search_provider_dbus_register (GApplication     *application,
                                  GDBusConnection  *connection,
                                  const char       *path,
                                  GError          **error)
{
  static const GDBusInterfaceVTable vtable = { .method_call = method_call };
  YjSearchProvider *self = YJ_SEARCH_PROVIDER (application);
  g_autoptr(GDBusNodeInfo) node = g_dbus_node_info_new_for_xml (introspection, error);

  if (node == NULL || !G_APPLICATION_CLASS (yj_search_provider_parent_class)->dbus_register (application, connection, path, error))
    return FALSE;

  self->registration = g_dbus_connection_register_object (connection, path, node->interfaces[0], &vtable, self, NULL, error);
  return self->registration != 0;
}

static void
yj_search_provider_dbus_unregister (GApplication    *application,
                                    GDBusConnection *connection,
                                    const char      *path)
{
  YjSearchProvider *self = YJ_SEARCH_PROVIDER (application);

  if (self->registration != 0)
    g_dbus_connection_unregister_object (connection, self->registration);
  self->registration = 0;

  G_APPLICATION_CLASS (yj_search_provider_parent_class)->dbus_unregister (application, connection, path);
}

static void
closed_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  yj_finder_close_finish (YJ_FINDER (object), result, NULL);
  *(gboolean *) user_data = TRUE;
}

/* The last one to close the file takes its log away: not left to the end of the process. */
static void
yj_search_provider_shutdown (GApplication *application)
{
  YjSearchProvider *self = YJ_SEARCH_PROVIDER (application);
  gboolean closed = FALSE;

  g_clear_handle_id (&self->let_go_id, g_source_remove);
  yj_finder_close_async (self->finder, closed_cb, &closed);
  while (!closed)
    g_main_context_iteration (NULL, TRUE);

  G_APPLICATION_CLASS (yj_search_provider_parent_class)->shutdown (application);
}

static void
yj_search_provider_activate (GApplication *application)
{
  /* nothing to show */
}

static void
yj_search_provider_dispose (GObject *object)
{
  YjSearchProvider *self = YJ_SEARCH_PROVIDER (object);

  g_clear_object (&self->finder);
  g_clear_object (&self->catalog);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->query, g_free);

  G_OBJECT_CLASS (yj_search_provider_parent_class)->dispose (object);
}

static void
yj_search_provider_class_init (YjSearchProviderClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = yj_search_provider_dispose;
  application_class->dbus_register = yj_search_provider_dbus_register;
  application_class->dbus_unregister = yj_search_provider_dbus_unregister;
  application_class->activate = yj_search_provider_activate;
  application_class->shutdown = yj_search_provider_shutdown;
}

static void
yj_search_provider_init (YjSearchProvider *self)
{
  g_autoptr(GFile) folder = yj_library_new_default_folder ();

  self->finder = yj_finder_new (g_file_peek_path (folder));
}

/**
 * yj_search_provider_new:
 *
 * Returns: (transfer full): the program, which takes its name on the bus when it is run
 */
YjSearchProvider *
yj_search_provider_new (void)
{
  return g_object_new (YJ_TYPE_SEARCH_PROVIDER,
                       "application-id", YJ_APP_ID ".SearchProvider",
                       "flags", G_APPLICATION_IS_SERVICE,
                       "inactivity-timeout", IDLE_MS,
                       NULL);
}
