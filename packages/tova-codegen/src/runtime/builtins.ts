// Names of Tova's standard library → the runtime's helpers; data only (spec 14). The bundler adds
// to each name in snake_case its spelling in camelCase.

/** Names whose helper is the same name in camelCase. */
export const names = [
  "print to_bool type_of len is_empty",
  "range map filter reduce find find_index any all flat_map count first last take drop reversed",
  "unique compact flatten chunk zip enumerate partition group_by includes index_of",
  "sorted min max min_by max_by sum sum_by avg product is_sorted binary_search",
  "compare compare_by",
  "filled sliding_window pairwise scan combinations permutations intersperse interleave rotate",
  "repeat_value insert_at remove_at update_at zip_with frequencies",
  "intersection difference symmetric_difference union is_subset is_superset",
  "keys values entries from_entries merge pick omit map_values has_key get freeze clone",
  "upper lower trim trim_start trim_end split join replace replace_first starts_with ends_with",
  "repeat pad_start pad_end substr char_at chars words lines capitalize truncate slugify",
  "snake_case kebab_case camel_case title_case",
  "abs floor ceil round sqrt pow clamp random random_int is_nan",
  "json_parse json_stringify json_pretty",
  "now now_iso uuid sleep",
  "base64_encode base64_decode hex_encode hex_decode url_encode url_decode",
  "parse_url parse_query build_query escape_html unescape_html",
  "is_email is_url is_numeric is_uuid is_alpha is_alphanumeric is_hex",
  "assert assert_eq assert_ne",
  "mean median mode stdev variance percentile",
  "last_index_of count_of reverse_str center word_wrap dedent indent_str format_number fmt",
  "sin cos tan asin acos atan atan2 ln log2 log10 exp sign trunc hypot lerp divmod is_close",
  "to_radians to_degrees gcd lcm factorial random_float choice sample shuffle",
  "to_hex to_binary to_octal to_fixed",
  "compose pipe_fn identity memoize debounce throttle once negate partial curry flip",
  "date_parse date_format date_add date_diff date_from date_part time_ago",
  "regex_test regex_match regex_find_all regex_replace regex_split regex_capture",
  "try_fn try_async parallel race timeout retry",
  "filter_ok filter_err",
] as const;

/** Names whose helper is called otherwise. */
export const otherNames = {
  int: "int",
  to_int: "int",
  float: "float",
  to_float: "float",
  to_string: "asText",
  string: "asText",
  contains: "includes",
  is_finite: "finite",
  PI: "pi",
  E: "euler",
  INF: "infinity",
  Ok: "Ok",
  Err: "Err",
  Some: "Some",
  None: "None",
  Less: "Less",
  Equal: "Equal",
  Greater: "Greater",
  OrderedDict: "OrderedDict",
  DefaultDict: "DefaultDict",
  Counter: "Counter",
  Deque: "Deque",
  LRUCache: "LRUCache",
  Channel: "Channel",
  Seq: "Seq",
  iter: "Seq",
} as const;

/**
 * Members of the library's namespaces: a name of the library, or `member:helper`. A platform object
 * of the same name (`crypto`, `url`) keeps every other member.
 */
export const namespaces = {
  str: [
    "upper lower trim trim_start trim_end split join replace replace_first contains starts_with",
    "ends_with repeat pad_start pad_end substr char_at index_of chars words lines capitalize",
    "truncate slugify snake_case kebab_case camel_case title_case last_index_of count_of",
    "reverse_str center word_wrap dedent indent_str format_number fmt",
  ],
  arr: [
    "map filter reduce find find_index any all flat_map count first last take drop sorted reversed",
    "unique compact flatten chunk zip enumerate partition group_by includes index_of sum min max avg",
    "filled sliding_window pairwise scan combinations permutations intersperse interleave rotate",
    "insert_at remove_at update_at zip_with frequencies intersection difference union",
  ],
  math: [
    "PI E INF abs floor ceil round sqrt pow clamp random random_int is_nan sin cos tan asin acos",
    "atan atan2 ln log2 log10 exp sign trunc hypot lerp divmod is_finite is_close to_radians",
    "to_degrees gcd lcm factorial min max sum",
  ],
  json: ["parse:jsonParse stringify:jsonStringify pretty:jsonPretty"],
  url: [
    "parse:parseUrl encode:urlEncode decode:urlDecode parse_query:parseQuery build_query:buildQuery",
  ],
  dt: [
    "now now_iso parse:dateParse format:dateFormat add:dateAdd diff:dateDiff from:dateFrom",
    "part:datePart time_ago",
  ],
  re: [
    "test:regexTest match:regexMatch find_all:regexFindAll replace:regexReplace split:regexSplit",
    "capture:regexCapture",
  ],
  collections: ["OrderedDict DefaultDict Counter Deque LRUCache Seq iter Channel"],
  log: ["debug:logDebug info:logInfo warn:logWarn error:logError"],
  crypto: [
    "sha256:sha256 sha512:sha512 hmac:hmac random_bytes:randomBytes random_int:secureRandomInt",
    "hash_password:hashPassword verify_password:verifyPassword encrypt:encrypt decrypt:decrypt",
    "constant_time_equal:constantTimeEqual",
  ],
} as const;

/** Methods that only Tova has: the helper of `title_case` is `methodTitleCase`, and so on. */
export const methodNames = [
  "upper lower contains starts_with ends_with chars words lines capitalize",
  "title_case snake_case camel_case",
  "sorted reversed unique chunk flatten first last take drop compact sum min_val max_val",
  "group_by partition zip_with frequencies",
] as const;

/** Names that need a file system, processes or a terminal: no worker has them. */
export const nodeOnly = [
  "read_text write_text read_bytes write_bytes exists ls mkdir rm cp mv cwd symlink",
  "file_size file_stat file_exists file_copy file_move file_delete",
  "path_join path_dirname path_basename path_extname path_resolve path_relative path_normalize",
  "sh exec spawn read_stdin args exit ask confirm choose progress spin panel table sqlite",
  "bar_chart line_chart pie_chart scatter_chart fs",
] as const;
