/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "yj-catalog.h"

#include <locale.h>

static void
test_find (void)
{
  g_autoptr(YjCatalog) catalog = yj_catalog_new ();
  YjModel *model = yj_catalog_find (catalog, YJ_MODE_IMAGE_TO_VIDEO, "happyhorse-1.0-i2v");

  g_assert_nonnull (model);
  g_assert_cmpstr (yj_model_get_llmid (model), ==, "o5vfXYD5BURJWRTWpopE5");
  g_assert_true (yj_catalog_find (catalog, -1, "happyhorse-1.0-i2v") == model);
  g_assert_true (yj_catalog_find (catalog, YJ_MODE_IMAGE_TO_VIDEO, "o5vfXYD5BURJWRTWpopE5") == model);
  g_assert_null (yj_catalog_find (catalog, YJ_MODE_TEXT_TO_VIDEO, "happyhorse-1.0-i2v"));
  g_assert_null (yj_catalog_find (catalog, -1, "no such model"));
  g_assert_true (yj_catalog_find_by_id (catalog, "i2v/happyhorse-1.0-i2v") == model);

  /* one name in three modes */
  for (int mode = 0; mode < 3; mode++)
    g_assert_cmpint (yj_model_get_mode (yj_catalog_find (catalog, mode, "doubao-seedance-2-0-260128")), ==, mode);
}

static void
test_defaults (void)
{
  g_autoptr(YjCatalog) catalog = yj_catalog_new ();
  static const char * const ids[] = { "t2v/happyhorse-1.0-t2v", "i2v/happyhorse-1.0-i2v", "r2v/doubao-seedance-2-0-260128" };

  for (int mode = 0; mode < 3; mode++)
    g_assert_cmpstr (yj_model_get_id (yj_catalog_get_default (catalog, mode)), ==, ids[mode]);
  g_assert_cmpstr (yj_catalog_get_chat_models (catalog)[0], ==, "qwen3-max");
}

static void
test_meaning (void)
{
  g_autoptr(YjCatalog) catalog = yj_catalog_new ();
  YjModel *model = yj_catalog_find (catalog, -1, "doubao-seedance-1-5-pro-251215");

  g_assert_cmpstr (yj_parameter_get_name (yj_model_find_parameter (model, "ratio")), ==, "radio");
  g_assert_cmpstr (yj_parameter_get_label (yj_model_find_parameter (model, "radio")), ==, "Ratio");
  g_assert_null (yj_model_find_parameter (model, "size"));
}

static void
test_advised_range (void)
{
  g_autoptr(YjCatalog) catalog = yj_catalog_new ();
  static const struct { const char *model; int minimum, maximum; } cases[] = {
    { "viduq3-pro", 1, 16 },                                /* the platform's own */
    { "happyhorse-1.0-i2v", 3, 15 },                        /* the maker's */
    { "doubao-seedance-1-5-pro-251215", 4, 12 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      YjModel *model = yj_catalog_find (catalog, -1, cases[i].model);
      gint64 minimum, maximum;

      g_assert_true (yj_model_get_advised_range (model, yj_model_find_parameter (model, "duration"), &minimum, &maximum));
      g_assert_cmpint (minimum, ==, cases[i].minimum);
      g_assert_cmpint (maximum, ==, cases[i].maximum);
    }
}

static void
test_set_llmid (void)
{
  g_autoptr(YjCatalog) catalog = yj_catalog_new (), next = yj_catalog_new ();
  g_autoptr(GError) error = NULL;
  g_autofree char *json = NULL;
  YjModel *model = yj_catalog_find_by_id (catalog, "i2v/viduq3-pro");

  g_assert_null (yj_model_get_llmid (model));
  yj_catalog_set_llmid (catalog, model, "abc");
  g_assert_cmpstr (yj_model_get_llmid (model), ==, "abc");
  yj_catalog_set_llmid (catalog, model, "def");

  json = yj_catalog_dup_overlay (catalog);
  g_assert_true (yj_catalog_overlay (next, json, -1, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (yj_model_get_llmid (yj_catalog_find_by_id (next, "i2v/viduq3-pro")), ==, "def");
  g_assert_null (yj_model_get_llmid (yj_catalog_find_by_id (next, "i2v/viduq2-turbo")));
}

/* What was entered is taken back: a shipped model has its own id again, a lost one is lost again. */
static void
test_forget_llmid (void)
{
  g_autoptr(YjCatalog) catalog = yj_catalog_new ();
  YjModel *known = yj_catalog_find_by_id (catalog, "t2v/viduq3-pro"), *lost = yj_catalog_find_by_id (catalog, "i2v/viduq3-pro");
  g_autofree char *own = NULL;

  yj_catalog_set_llmid (catalog, known, "mine");
  yj_catalog_set_llmid (catalog, lost, "mine-too");
  yj_catalog_set_llmid (catalog, known, NULL);
  yj_catalog_set_llmid (catalog, lost, NULL);
  g_assert_cmpstr (yj_model_get_llmid (known), ==, "r0ill7L0s6PtBS8mkmg-7");
  g_assert_null (yj_model_get_llmid (lost));

  yj_catalog_lend_llmid (catalog, lost, "sandbox-x");
  g_assert_cmpstr (yj_model_get_llmid (lost), ==, "sandbox-x");
  own = yj_catalog_dup_overlay (catalog);
  g_assert_null (strstr (own, "mine"));
  g_assert_null (strstr (own, "sandbox"));
  g_assert_false (yj_catalog_has_own (catalog, known));
  g_assert_false (yj_catalog_has_own (catalog, lost));
}

/* A lent id stays for the run, whatever the person changes, and is gone with the platform that lent it. */
static void
test_lend_llmid (void)
{
  g_autoptr(YjCatalog) catalog = yj_catalog_new ();
  g_autoptr(GError) error = NULL;

  yj_catalog_lend_llmid (catalog, yj_catalog_find_by_id (catalog, "i2v/viduq3-pro"), "sandbox-x");
  yj_catalog_lend_llmid (catalog, yj_catalog_find_by_id (catalog, "i2v/wan2.6-i2v"), "sandbox-y");
  yj_catalog_set_llmid (catalog, yj_catalog_find_by_id (catalog, "i2v/wan2.6-i2v"), "mine");
  g_assert_nonnull (yj_catalog_add_model (catalog, yj_catalog_find_by_id (catalog, "t2v/wan2.6-t2v"), "wan3-t2v", NULL, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (yj_model_get_llmid (yj_catalog_find_by_id (catalog, "i2v/viduq3-pro")), ==, "sandbox-x");
  g_assert_cmpstr (yj_model_get_llmid (yj_catalog_find_by_id (catalog, "i2v/wan2.6-i2v")), ==, "mine");

  yj_catalog_return_llmids (catalog);
  g_assert_null (yj_model_get_llmid (yj_catalog_find_by_id (catalog, "i2v/viduq3-pro")));
  g_assert_cmpstr (yj_model_get_llmid (yj_catalog_find_by_id (catalog, "i2v/wan2.6-i2v")), ==, "mine");
}

static void
test_parse_llmid (void)
{
  static const struct { const char *text, *llmid, *says; } cases[] = {
    { "YjjGgxO_Xma8PWsMjJvps", "YjjGgxO_Xma8PWsMjJvps", NULL },
    { "  r0ill7L0s6PtBS8mkmg-7\n", "r0ill7L0s6PtBS8mkmg-7", NULL },
    { "llmid=abc-123", "abc-123", NULL },
    { "LLMID：abc-123", "abc-123", NULL },
    { "\"llmid\": \"abc-123\",", "abc-123", NULL },
    { "“abc-123”", "abc-123", NULL },
    { "", NULL, "Enter the id" },
    { " \n ", NULL, "Enter the id" },
    { "llmid=", NULL, "Enter the id" },
    { "ab", NULL, "has 2 characters" },
    { "元境模型", NULL, "“元”" },
    { "abc/def", NULL, "“/”" },
    { "abc?key=1", NULL, "“?”" },
    { "abc#é", NULL, "“#”" },
    { "x234567890x234567890x234567890x234567890x234567890x234567890x2345", NULL, "has 65 characters; an id has 3 to 64" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autofree char *llmid = yj_llmid_parse (cases[i].text, &error);

      g_assert_cmpstr (llmid, ==, cases[i].llmid);
      if (cases[i].llmid != NULL)
        g_assert_no_error (error);
      else
        {
          g_assert_error (error, YJ_CATALOG_ERROR, YJ_CATALOG_ERROR_LLMID);
          if (strstr (error->message, cases[i].says) == NULL)
            g_error ("“%s”: %s", cases[i].text, error->message);
        }
    }
}

static void
count_cb (GListModel *list,
          guint       position,
          guint       removed,
          guint       added,
          guint      *n)
{
  (*n)++;
}

static void
test_own_models (void)
{
  g_autoptr(YjCatalog) catalog = yj_catalog_new (), next = yj_catalog_new ();
  guint n = g_list_model_get_n_items (G_LIST_MODEL (catalog)), n_changes = 0;
  g_autoptr(GError) error = NULL;
  g_autofree char *json = NULL;
  YjModel *model;

  g_signal_connect (catalog, "items-changed", G_CALLBACK (count_cb), &n_changes);
  model = yj_catalog_add_model (catalog, yj_catalog_find_by_id (catalog, "t2v/wan2.6-t2v"), "wan3-t2v", "Wan 3", "abc", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (n_changes, ==, 1);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (catalog)), ==, n + 1);
  g_assert_cmpstr (yj_model_get_id (model), ==, "t2v/wan3-t2v");
  g_assert_cmpstr (yj_model_get_title (model), ==, "Wan 3");
  g_assert_cmpstr (yj_model_get_llmid (model), ==, "abc");
  g_assert_nonnull (yj_model_find_parameter (model, "negative-prompt"));
  g_assert_true (yj_catalog_has_own (catalog, model));
  g_assert_false (yj_catalog_has_own (catalog, yj_catalog_find_by_id (catalog, "t2v/viduq3-pro")));
  g_assert_false (yj_catalog_is_shipped (catalog, model));
  g_assert_true (yj_catalog_is_shipped (catalog, yj_catalog_find_by_id (catalog, "t2v/viduq3-pro")));

  g_assert_null (yj_catalog_add_model (catalog, model, "wan3-t2v", NULL, NULL, &error));
  g_assert_error (error, YJ_CATALOG_ERROR, YJ_CATALOG_ERROR_MODEL);
  g_assert_nonnull (strstr (error->message, "“wan3-t2v” is there already"));
  g_clear_error (&error);
  g_assert_null (yj_catalog_add_model (catalog, model, "two words", NULL, NULL, &error));
  g_assert_error (error, YJ_CATALOG_ERROR, YJ_CATALOG_ERROR_MODEL);
  g_clear_error (&error);

  /* another run has it too */
  json = yj_catalog_dup_overlay (catalog);
  g_assert_true (yj_catalog_replace_overlay (next, json, -1, &error));
  g_assert_cmpstr (yj_model_get_title (yj_catalog_find_by_id (next, "t2v/wan3-t2v")), ==, "Wan 3");

  /* a broken file leaves all as it was; an empty one takes all back */
  g_assert_false (yj_catalog_replace_overlay (next, "{\"models\": [{}]}", -1, &error));
  g_assert_error (error, YJ_CATALOG_ERROR, YJ_CATALOG_ERROR_SYNTAX);
  g_clear_error (&error);
  g_assert_nonnull (yj_catalog_find_by_id (next, "t2v/wan3-t2v"));
  g_assert_true (yj_catalog_replace_overlay (next, "{}", -1, &error));
  g_assert_null (yj_catalog_find_by_id (next, "t2v/wan3-t2v"));

  g_assert_true (yj_catalog_remove_own (catalog, yj_catalog_find_by_id (catalog, "t2v/wan3-t2v"), &error));
  g_assert_null (yj_catalog_find_by_id (catalog, "t2v/wan3-t2v"));
  g_assert_false (yj_catalog_remove_own (catalog, yj_catalog_find_by_id (catalog, "t2v/viduq3-pro"), &error));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (catalog)), ==, n);
}

static void
test_overlay_adds (void)
{
  g_autoptr(YjCatalog) catalog = yj_catalog_new ();
  g_autoptr(GError) error = NULL;
  g_autofree char *kept = NULL;
  guint n = g_list_model_get_n_items (G_LIST_MODEL (catalog));
  YjModel *model;
  gint64 minimum, maximum;

  /* the reader takes single quotes too */
  g_assert_true (yj_catalog_overlay (catalog,
    "{'models': ["
    " {'id': 't2v/wan2.6-t2v', 'llmid': 'mine', 'title': 'My Wan'},"
    " {'id': 't2v/new', 'mode': 't2v', 'name': 'new-model', 'form': 't2v-wan', 'llmid': 'x'},"
    " {'id': 'i2v/own', 'mode': 'i2v', 'name': 'own', 'sends_model': true,"
    "  'parameters': [{'name': 'fps', 'label': {'en': 'Frame Rate', 'zh': '帧率'}, 'type': 'integer', 'default': 24,"
    "                  'minimum': 8, 'maximum': 60}],"
    "  'slots': [{'role': 'first-frame', 'field': 'start', 'minimum': 1, 'maximum': 1}]}]}", -1, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (catalog)), ==, n + 2);

  model = yj_catalog_find (catalog, -1, "wan2.6-t2v");
  g_assert_cmpstr (yj_model_get_llmid (model), ==, "mine");
  g_assert_cmpstr (yj_model_get_title (model), ==, "My Wan");
  g_assert_nonnull (yj_model_find_parameter (model, "size"));

  g_assert_nonnull (yj_model_find_parameter (yj_catalog_find (catalog, -1, "new-model"), "negative_prompt"));

  model = yj_catalog_find (catalog, -1, "own");
  g_assert_cmpstr (yj_parameter_get_label (yj_model_find_parameter (model, "fps")), ==, "Frame Rate");
  g_assert_true (yj_parameter_get_range (yj_model_find_parameter (model, "fps"), &minimum, &maximum));
  g_assert_cmpint (maximum, ==, 60);
  g_assert_cmpstr (yj_slot_get_field (yj_model_find_slot (model, YJ_SLOT_FIRST_FRAME)), ==, "start");

  kept = yj_catalog_dup_overlay (catalog);
  g_assert_nonnull (strstr (kept, "new-model"));
  g_assert_null (strstr (kept, "happyhorse"));
}

static void
test_overlay_errors (void)
{
  static const struct { const char *json, *place; } cases[] = {
    { "{\"models\": [\n  {\"id\": }]}", ":2:" },
    { "[]", "no JSON object" },
    { "{\"modles\": []}", "modles" },
    { "{\"models\": {}}", "models" },
    { "{\"version\": 2}", "version" },
    { "{\"chat_models\": [1]}", "chat_models[0]" },
    { "{\"models\": [{\"id\": \"t2v/wan2.6-t2v\"}, {\"llmid\": \"x\"}]}", "models[1]" },
    { "{\"models\": [{\"id\": 5}]}", "models[0]" },
    { "{\"models\": [{\"id\": {}}]}", "models[0]" },
    { "{\"models\": [\"x\"]}", "models[0]" },
    { "{\"models\": [{\"id\": \"a\"}, {\"id\": \"a\"}]}", "models[1]" },
    { "{\"models\": [{\"id\": \"t2v/wan2.6-t2v\", \"lmid\": \"x\"}]}", "t2v/wan2.6-t2v”: unknown member “lmid" },
    { "{\"models\": [{\"id\": \"t2v/wan2.6-t2v\", \"llmid\": 5}]}", "“llmid” is no text" },
    { "{\"models\": [{\"id\": \"t2v/wan2.6-t2v\", \"llmid\": \"\"}]}", "“llmid” is empty" },
    { "{\"models\": [{\"id\": \"t2v/wan2.6-t2v\", \"form\": \"none\"}]}", "no form “none”" },
    { "{\"models\": [{\"id\": \"n\", \"mode\": \"t2v\"}]}", "model “n”: “name” is missing" },
    { "{\"models\": [{\"id\": \"n\", \"mode\": \"x\", \"name\": \"n\"}]}", "“x” is no mode" },
    { "{\"models\": [{\"id\": \"n\", \"mode\": \"t2v\", \"name\": \"n\", \"parameters\": [{}]}]}", "n”.parameters[0]" },
    { "{\"models\": [{\"id\": \"n\", \"mode\": \"t2v\", \"name\": \"n\", \"parameters\": [{\"name\": \"a\", \"type\": \"b\"}]}]}", "“b” is no type" },
    { "{\"models\": [{\"id\": \"n\", \"mode\": \"t2v\", \"name\": \"n\", \"parameters\": [{\"name\": \"a\", \"type\": \"choice\"}]}]}", "allowed" },
    { "{\"models\": [{\"id\": \"n\", \"mode\": \"t2v\", \"name\": \"n\", \"slots\": [{\"role\": \"x\", \"field\": \"f\"}]}]}", "n”.slots[0]" },
    { "{\"models\": [{\"id\": \"n\", \"mode\": \"t2v\", \"name\": \"n\", \"limits\": {\"fps\": {}}}]}", "n”.limits.fps" },
    { "{\"models\": [{\"id\": \"n\", \"mode\": \"i2v\", \"name\": \"n\", \"slots\": [{\"role\": \"first-frame\", \"field\": \"f\", \"limits\": "
      "{\"side\": [{\"source\": \"s\"}, {\"when\": {}, \"source\": \"s\"}]}}]}]}", "side[1]" },
    { "{\"forms\": {\"t2v-wan\": {\"limits\": {\"prompt\": {\"characters\": {\"when\": {\"size\": [\"1\"]}, \"source\": \"s\"}}}}}}", "“when”" },
    { "{\"forms\": {\"t2v-wan\": {\"limits\": {\"prompt\": {\"characters\": {\"loosest\": 5, \"source\": \"s\"}}}}}}", "loosest" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(YjCatalog) catalog = yj_catalog_new ();
      g_autoptr(GError) error = NULL;
      g_autofree char *overlay = NULL;
      guint n = g_list_model_get_n_items (G_LIST_MODEL (catalog));

      g_assert_false (yj_catalog_overlay (catalog, cases[i].json, -1, &error));
      g_assert_error (error, YJ_CATALOG_ERROR, YJ_CATALOG_ERROR_SYNTAX);
      if (strstr (error->message, cases[i].place) == NULL)
        g_error ("case %u: “%s” does not name “%s”", i, error->message, cases[i].place);
      /* nothing of it stuck */
      g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (catalog)), ==, n);
      overlay = yj_catalog_dup_overlay (catalog);
      g_assert_null (strstr (overlay, "\"id\""));
    }
}

static void
test_language (void)
{
  if (g_test_subprocess ())
    {
      g_autoptr(YjCatalog) catalog = NULL;

      g_setenv ("LANGUAGE", "zh_CN", TRUE);
      g_setenv ("LC_ALL", "C.UTF-8", TRUE);
      setlocale (LC_ALL, "");
      catalog = yj_catalog_new ();
      g_assert_cmpstr (yj_model_get_provider (yj_catalog_find (catalog, -1, "wan2.6-t2v")), ==, "通义万象");
      /* what is stored is the same in every language */
      g_assert_cmpstr (yj_model_get_provider_key (yj_catalog_find (catalog, -1, "wan2.6-t2v")), ==, "Tongyi Wan");
      g_assert_cmpstr (yj_catalog_find_provider (catalog, "Tongyi Wan"), ==, "通义万象");
      g_assert_cmpstr (yj_catalog_find_provider (catalog, "Vidu"), ==, "Vidu");
      g_assert_null (yj_catalog_find_provider (catalog, "通义万象"));
      return;
    }

  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_passed ();
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/catalog/find", test_find);
  g_test_add_func ("/catalog/defaults", test_defaults);
  g_test_add_func ("/catalog/meaning", test_meaning);
  g_test_add_func ("/catalog/advised-range", test_advised_range);
  g_test_add_func ("/catalog/set-llmid", test_set_llmid);
  g_test_add_func ("/catalog/forget-llmid", test_forget_llmid);
  g_test_add_func ("/catalog/lend-llmid", test_lend_llmid);
  g_test_add_func ("/catalog/parse-llmid", test_parse_llmid);
  g_test_add_func ("/catalog/own-models", test_own_models);
  g_test_add_func ("/catalog/overlay-adds", test_overlay_adds);
  g_test_add_func ("/catalog/overlay-errors", test_overlay_errors);
  g_test_add_func ("/catalog/language", test_language);

  return g_test_run ();
}
