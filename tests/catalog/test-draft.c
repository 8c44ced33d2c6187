/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "catalog-test.h"

static YjCatalog *catalog;

static YjDraft *
new_draft (const char *id)
{
  return yj_draft_new (yj_catalog_find_by_id (catalog, id));
}

static void
set_model (YjDraft    *draft,
           const char *id)
{
  yj_draft_set_model (draft, yj_catalog_find_by_id (catalog, id));
}

static void
add_to (const YjDraftField *field,
        gpointer            user_data)
{
  GString *all = user_data;
  g_autofree char *base = field->file != NULL ? g_file_get_basename (yj_draft_file_get_file (field->file)) : NULL;

  g_assert_true ((field->text == NULL) != (field->file == NULL));
  g_string_append_printf (all, "%s%s%s ", field->name, field->type == YJ_PARAMETER_INTEGER ? "#" : field->file ? "@" : "=",
                          field->file != NULL ? base : field->text);
}

static void
assert_fields (YjDraft    *draft,
               const char *expected)
{
  g_autoptr(GString) all = g_string_new (NULL);

  yj_draft_foreach_field (draft, add_to, all);
  g_assert_cmpstr (all->str, ==, expected);
}

static void
test_fields (void)
{
  g_autoptr(YjDraft) text = new_draft ("t2v/doubao-seedance-1-5-pro-251215");
  g_autoptr(YjDraft) image = new_draft ("i2v/happyhorse-1.0-i2v");
  g_autoptr(YjDraft) references = new_draft ("r2v/doubao-seedance-2-0-260128");
  g_autoptr(YjDraft) wan = new_draft ("t2v/wan2.6-t2v");

  yj_draft_set_prompt (text, "a b");
  yj_draft_set_value (text, "ratio", "16:9");
  yj_draft_set_value (text, "resolution", "480p");
  yj_draft_set_value (text, "duration", "5");
  assert_fields (text, "llmid=CrEMkFQfRCmbmopZsCqLj prompt=a b radio=16:9 resolution=480p duration#5 ");

  attach (image, YJ_SLOT_FIRST_FRAME, "one.jpg", YJ_MEDIA_KIND_IMAGE);
  yj_draft_set_prompt (image, "p");
  assert_fields (image, "llmid=o5vfXYD5BURJWRTWpopE5 prompt=p duration#5 image1_file@one.jpg ");
  yj_draft_set_value (image, "resolution", "720P");
  yj_draft_set_value (image, "duration", "15");
  assert_fields (image, "llmid=o5vfXYD5BURJWRTWpopE5 prompt=p resolution=720P duration#15 image1_file@one.jpg ");

  yj_draft_set_prompt (references, "p");
  attach (references, YJ_SLOT_REFERENCE_AUDIO, "s.mp3", YJ_MEDIA_KIND_AUDIO);
  attach (references, YJ_SLOT_REFERENCE_IMAGES, "a.jpg", YJ_MEDIA_KIND_IMAGE);
  attach (references, YJ_SLOT_REFERENCE_IMAGES, "b.jpg", YJ_MEDIA_KIND_IMAGE);
  yj_draft_set_value (references, "ratio", "4:3");
  assert_fields (references, "llmid=dmPXF65TD1riKj9KaxLmg model=doubao-seedance-2-0-260128 prompt=p ratio=4:3 resolution=1080p "
                             "duration#12 image_files@a.jpg image_files@b.jpg audio_files@s.mp3 ");

  /* an empty field is never sent */
  yj_draft_set_value (wan, "negative-prompt", "");
  yj_draft_set_prompt (wan, "p");
  assert_fields (wan, "llmid=u9HZyfDoqU6uKI6M1BTks model=wan2.6-t2v prompt=p size=1920*1080 duration#15 ");
}

static void
test_values_keep (void)
{
  g_autoptr(YjDraft) draft = new_draft ("t2v/happyhorse-1.0-t2v");

  yj_draft_set_value (draft, "ratio", "21:9");
  yj_draft_set_value (draft, "resolution", "720p");
  yj_draft_set_value (draft, "duration", "10");

  set_model (draft, "t2v/doubao-seedance-1-5-pro-251215");
  g_assert_cmpstr (yj_draft_get_value (draft, "radio"), ==, "21:9");
  g_assert_cmpstr (yj_draft_get_value (draft, "duration"), ==, "10");

  set_model (draft, "t2v/viduq3-pro");      /* has no 21:9 */
  g_assert_cmpstr (yj_draft_get_value (draft, "ratio"), ==, "16:9");
  g_assert_cmpstr (yj_draft_get_value (draft, "duration"), ==, "10");

  set_model (draft, "i2v/happyhorse-1.0-i2v");      /* spells it in capitals */
  g_assert_cmpstr (yj_draft_get_value (draft, "resolution"), ==, "720P");

  set_model (draft, "t2v/happyhorse-1.0-t2v");
  g_assert_cmpstr (yj_draft_get_value (draft, "ratio"), ==, "21:9");
  g_assert_cmpstr (yj_draft_get_value (draft, "resolution"), ==, "720p");
  yj_draft_set_value (draft, "ratio", NULL);
  g_assert_cmpstr (yj_draft_get_value (draft, "ratio"), ==, "adaptive");
}

static void
test_slots (void)
{
  g_autoptr(YjDraft) draft = new_draft ("i2v/happyhorse-1.0-i2v");
  g_autoptr(YjDraftFile) clip = new_file ("clip.mp4", YJ_MEDIA_KIND_VIDEO);
  g_autoptr(YjDraftFile) picture = new_file ("p.jpg", YJ_MEDIA_KIND_IMAGE);
  YjSlotRole role = YJ_SLOT_REFERENCE_AUDIO;

  g_assert_true (yj_draft_find_slot (draft, YJ_MEDIA_KIND_IMAGE, &role));
  g_assert_cmpint (role, ==, YJ_SLOT_FIRST_FRAME);
  g_assert_false (yj_draft_find_slot (draft, YJ_MEDIA_KIND_VIDEO, &role));
  g_assert_false (yj_draft_add_file (draft, YJ_SLOT_FIRST_FRAME, clip));
  g_assert_false (yj_draft_add_file (draft, YJ_SLOT_LAST_FRAME, picture));

  attach (draft, YJ_SLOT_FIRST_FRAME, "one.jpg", YJ_MEDIA_KIND_IMAGE);
  g_assert_false (yj_draft_find_slot (draft, YJ_MEDIA_KIND_IMAGE, &role));
  g_assert_true (yj_draft_add_file (draft, YJ_SLOT_FIRST_FRAME, picture));      /* replaces */
  g_assert_cmpuint (count (draft, YJ_SLOT_FIRST_FRAME), ==, 1);
  g_assert_true (get (draft, YJ_SLOT_FIRST_FRAME, 0) == picture);
}

static void
test_full (void)
{
  g_autoptr(YjDraft) draft = new_draft ("r2v/happyhorse-1.0-r2v");
  g_autoptr(YjDraftFile) tenth = new_file ("ten.jpg", YJ_MEDIA_KIND_IMAGE);

  for (int i = 0; i < 9; i++)
    {
      g_autofree char *name = g_strdup_printf ("%d.jpg", i);

      attach (draft, YJ_SLOT_REFERENCE_IMAGES, name, YJ_MEDIA_KIND_IMAGE);
    }
  g_assert_false (yj_draft_add_file (draft, YJ_SLOT_REFERENCE_IMAGES, tenth));
  g_assert_cmpuint (count (draft, YJ_SLOT_REFERENCE_IMAGES), ==, 9);
}

static void
test_move (void)
{
  g_autoptr(YjDraft) draft = new_draft ("r2v/doubao-seedance-2-0-260128");
  YjDraftFile *a = attach (draft, YJ_SLOT_REFERENCE_IMAGES, "a.jpg", YJ_MEDIA_KIND_IMAGE);
  YjDraftFile *b = attach (draft, YJ_SLOT_REFERENCE_IMAGES, "b.jpg", YJ_MEDIA_KIND_IMAGE);
  YjDraftFile *c = attach (draft, YJ_SLOT_REFERENCE_VIDEOS, "c.mp4", YJ_MEDIA_KIND_VIDEO);
  g_autofree char *before = yj_draft_dup_mention (draft, a), *after = NULL, *clip = yj_draft_dup_mention (draft, c);

  g_assert_cmpstr (before, ==, "[Image 1]");
  g_assert_cmpstr (clip, ==, "[Video 1]");
  yj_draft_move_file (draft, a, 99);
  g_assert_true (get (draft, YJ_SLOT_REFERENCE_IMAGES, 0) == b);
  g_assert_true (get (draft, YJ_SLOT_REFERENCE_IMAGES, 1) == a);
  after = yj_draft_dup_mention (draft, a);
  g_assert_cmpstr (after, ==, "[Image 2]");
  yj_draft_move_file (draft, a, 0);
  g_assert_true (get (draft, YJ_SLOT_REFERENCE_IMAGES, 0) == a);
}

static void
test_park (void)
{
  g_autoptr(YjDraft) draft = new_draft ("r2v/doubao-seedance-2-0-260128");
  YjDraftFile *a = attach (draft, YJ_SLOT_REFERENCE_IMAGES, "a.jpg", YJ_MEDIA_KIND_IMAGE);
  YjDraftFile *b = attach (draft, YJ_SLOT_REFERENCE_IMAGES, "b.jpg", YJ_MEDIA_KIND_IMAGE);
  YjDraftFile *c = attach (draft, YJ_SLOT_REFERENCE_VIDEOS, "c.mp4", YJ_MEDIA_KIND_VIDEO);
  GListModel *parked = yj_draft_get_parked (draft);

  set_model (draft, "i2v/happyhorse-1.0-i2v");
  g_assert_true (get (draft, YJ_SLOT_FIRST_FRAME, 0) == a);
  g_assert_cmpuint (g_list_model_get_n_items (parked), ==, 2);

  set_model (draft, "i2v/viduq3-pro");      /* wants a last frame too */
  g_assert_true (get (draft, YJ_SLOT_FIRST_FRAME, 0) == a);
  g_assert_true (get (draft, YJ_SLOT_LAST_FRAME, 0) == b);
  g_assert_cmpuint (g_list_model_get_n_items (parked), ==, 1);

  set_model (draft, "i2v/doubao-seedance-1-5-pro-251215");      /* takes one, but does not ask for it */
  g_assert_cmpuint (count (draft, YJ_SLOT_FIRST_FRAME), ==, 1);
  g_assert_cmpuint (count (draft, YJ_SLOT_LAST_FRAME), ==, 0);

  set_model (draft, "t2v/wan2.6-t2v");
  g_assert_cmpuint (g_list_model_get_n_items (parked), ==, 3);

  set_model (draft, "r2v/doubao-seedance-2-0-260128");
  g_assert_cmpuint (g_list_model_get_n_items (parked), ==, 0);
  g_assert_cmpuint (count (draft, YJ_SLOT_REFERENCE_IMAGES), ==, 2);
  g_assert_true (get (draft, YJ_SLOT_REFERENCE_VIDEOS, 0) == c);

  yj_draft_remove_file (draft, c);
  g_assert_cmpuint (count (draft, YJ_SLOT_REFERENCE_VIDEOS), ==, 0);
}

/* What was taken out comes back without costing what came since. */
static void
test_restore (void)
{
  g_autoptr(YjDraft) draft = new_draft ("r2v/doubao-seedance-2-0-260128");
  g_autoptr(YjDraftFile) a = g_object_ref (attach (draft, YJ_SLOT_REFERENCE_IMAGES, "a.jpg", YJ_MEDIA_KIND_IMAGE));
  YjDraftFile *b = attach (draft, YJ_SLOT_REFERENCE_IMAGES, "b.jpg", YJ_MEDIA_KIND_IMAGE);
  GListModel *parked = yj_draft_get_parked (draft);

  yj_draft_remove_file (draft, a);
  yj_draft_restore_file (draft, YJ_SLOT_REFERENCE_IMAGES, a, 0);
  g_assert_true (get (draft, YJ_SLOT_REFERENCE_IMAGES, 0) == a);
  g_assert_true (get (draft, YJ_SLOT_REFERENCE_IMAGES, 1) == b);

  /* set aside by hand, while there is room */
  yj_draft_set_file_aside (draft, a);
  yj_draft_remove_file (draft, a);
  yj_draft_restore_file (draft, -1, a, 0);
  g_assert_cmpuint (g_list_model_get_n_items (parked), ==, 1);
  g_assert_true (yj_draft_place_file (draft, YJ_SLOT_REFERENCE_IMAGES, a, 0));

  /* as many as the model is documented to take came since */
  yj_draft_remove_file (draft, a);
  while (count (draft, YJ_SLOT_REFERENCE_IMAGES) < 9)
    attach (draft, YJ_SLOT_REFERENCE_IMAGES, "more.jpg", YJ_MEDIA_KIND_IMAGE);
  yj_draft_restore_file (draft, YJ_SLOT_REFERENCE_IMAGES, a, 0);
  g_assert_cmpuint (count (draft, YJ_SLOT_REFERENCE_IMAGES), ==, 9);
  g_assert_cmpuint (g_list_model_get_n_items (parked), ==, 1);
  g_assert_false (yj_draft_can_take (draft, YJ_SLOT_REFERENCE_IMAGES, a));
  g_assert_false (yj_draft_place_file (draft, YJ_SLOT_REFERENCE_IMAGES, a, 0));
  while (count (draft, YJ_SLOT_REFERENCE_IMAGES) > 1)
    yj_draft_remove_file (draft, get (draft, YJ_SLOT_REFERENCE_IMAGES, 1));
  g_assert_true (yj_draft_place_file (draft, YJ_SLOT_REFERENCE_IMAGES, a, 0));

  /* the only place is taken by now */
  set_model (draft, "i2v/happyhorse-1.0-i2v");
  yj_draft_remove_file (draft, a);
  b = attach (draft, YJ_SLOT_FIRST_FRAME, "new.jpg", YJ_MEDIA_KIND_IMAGE);
  yj_draft_restore_file (draft, YJ_SLOT_FIRST_FRAME, a, 0);
  g_assert_true (get (draft, YJ_SLOT_FIRST_FRAME, 0) == b);
  g_assert_cmpuint (g_list_model_get_n_items (parked), ==, 2);

  /* the model takes no files */
  yj_draft_remove_file (draft, a);
  set_model (draft, "t2v/wan2.6-t2v");
  yj_draft_restore_file (draft, -1, a, 0);
  g_assert_cmpuint (g_list_model_get_n_items (parked), ==, 3);
}

static void
add_one (int *n)
{
  ++*n;
}

static void
test_changed (void)
{
  g_autoptr(YjDraft) draft = new_draft ("i2v/happyhorse-1.0-i2v");
  g_autoptr(YjDraftFile) file = NULL;
  int n = 0;

  g_signal_connect_swapped (draft, "changed", G_CALLBACK (add_one), &n);
  yj_draft_set_prompt (draft, "p");
  g_assert_cmpint (n, ==, 1);
  yj_draft_set_prompt (draft, "p");
  g_assert_cmpint (n, ==, 1);
  file = g_object_ref (attach (draft, YJ_SLOT_FIRST_FRAME, "one.jpg", YJ_MEDIA_KIND_IMAGE));
  g_assert_cmpint (n, ==, 2);
  yj_draft_file_set_facts (file, 5, 6, 7, 0);
  g_assert_cmpint (n, ==, 3);
  yj_draft_remove_file (draft, file);
  g_assert_cmpint (n, ==, 4);
  yj_draft_file_set_facts (file, 5, 6, 8, 0);       /* no longer its file */
  g_assert_cmpint (n, ==, 4);
}

/* A size is a ratio and a resolution in one: what was chosen in the one is chosen in the other. */
static void
test_size_and_ratio (void)
{
  YjModel *seedance = yj_catalog_find_by_id (catalog, "t2v/doubao-seedance-2-0-260128");
  YjModel *wan = yj_catalog_find_by_id (catalog, "t2v/wan2.6-t2v");
  g_autoptr(YjDraft) draft = yj_draft_new (seedance);

  yj_draft_set_model (draft, wan);
  g_assert_cmpstr (yj_draft_get_value (draft, "size"), ==, "1920*1080");        /* nothing was chosen */
  yj_draft_set_model (draft, seedance);
  yj_draft_set_value (draft, "ratio", "9:16");
  yj_draft_set_model (draft, wan);
  g_assert_cmpstr (yj_draft_get_value (draft, "size"), ==, "1080*1920");
  yj_draft_set_model (draft, seedance);
  g_assert_cmpstr (yj_draft_get_value (draft, "ratio"), ==, "9:16");
  yj_draft_set_value (draft, "resolution", "480p");
  yj_draft_set_model (draft, wan);
  g_assert_cmpstr (yj_draft_get_value (draft, "size"), ==, "480*832");
  yj_draft_set_value (draft, "size", "1088*832");
  yj_draft_set_model (draft, seedance);
  g_assert_cmpstr (yj_draft_get_value (draft, "ratio"), ==, "4:3");
  g_assert_cmpstr (yj_draft_get_value (draft, "resolution"), ==, "720p");
  yj_draft_set_value (draft, "ratio", "21:9");                                  /* Wan has no such size */
  yj_draft_set_model (draft, wan);
  g_assert_cmpstr (yj_draft_get_value (draft, "size"), ==, "1920*1080");
  yj_draft_set_model (draft, seedance);
  g_assert_cmpstr (yj_draft_get_value (draft, "ratio"), ==, "21:9");
}

static void
test_shapes (void)
{
  static const struct { const char *size, *ratio, *resolution; } sizes[] = {
    { "832*480", "16:9", "480p" }, { "480*832", "9:16", "480p" }, { "624*624", "1:1", "480p" },
    { "1280*720", "16:9", "720p" }, { "960*960", "1:1", "720p" }, { "1088*832", "4:3", "720p" },
    { "832*1088", "3:4", "720p" }, { "1920*1080", "16:9", "1080p" }, { "1440*1440", "1:1", "1080p" },
    { "1248*1632", "3:4", "1080p" },
  };
  const char *ratio, *resolution;

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_assert_true (yj_size_describe (sizes[i].size, &ratio, &resolution));
      g_assert_cmpstr (ratio, ==, sizes[i].ratio);
      g_assert_cmpstr (resolution, ==, sizes[i].resolution);
    }
  g_assert_false (yj_size_describe ("16:9", &ratio, &resolution));
  g_assert_false (yj_size_describe ("1280*", &ratio, &resolution));
  g_assert_false (yj_size_describe ("*720", &ratio, &resolution));
  g_assert_cmpfloat (yj_ratio_parse ("adaptive"), ==, 0);
  g_assert_cmpfloat (yj_ratio_parse ("1:0"), ==, 0);
  g_assert_cmpfloat (yj_ratio_parse ("2:1"), ==, 2);
  g_assert_cmpstr (yj_ratio_get_nearest (1.9), ==, "16:9");
}

int
main (int   argc,
      char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  catalog = yj_catalog_new ();

  g_test_add_func ("/draft/fields", test_fields);
  g_test_add_func ("/draft/values-keep", test_values_keep);
  g_test_add_func ("/draft/slots", test_slots);
  g_test_add_func ("/draft/full", test_full);
  g_test_add_func ("/draft/move", test_move);
  g_test_add_func ("/draft/park", test_park);
  g_test_add_func ("/draft/restore", test_restore);
  g_test_add_func ("/draft/changed", test_changed);
  g_test_add_func ("/draft/size-and-ratio", test_size_and_ratio);
  g_test_add_func ("/draft/shapes", test_shapes);

  status = g_test_run ();
  g_assert_finalize_object (catalog);
  return status;
}
