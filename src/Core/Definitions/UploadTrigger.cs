namespace Jobs;

/// <summary>
/// Starts the job for every object created in the runner's bucket whose key has this prefix and this suffix.
/// </summary>
/// <param name="Prefix">Beginning of the key; empty for any. Matched as written.</param>
/// <param name="Suffix">End of the key, whatever its case: cameras and spreadsheets write .JPG and .CSV. Empty for
/// any.</param>
public sealed record UploadTrigger(string Prefix, string Suffix = "")
{
    /// <summary>
    /// Priority of its runs among the job's waiting ones, 0 to 9: each step is a head start of an hour. Default 0.
    /// </summary>
    public int Priority { get; init; }

    /// <summary>How the trigger is named in runs and messages: <c>incoming/*.csv</c>.</summary>
    public string Name => $"{Prefix}*{Suffix}";

    /// <summary>Whether an object of this key starts the job.</summary>
    public bool Matches(string key) =>
        key.Length >= Prefix.Length + Suffix.Length
        && key.StartsWith(Prefix, StringComparison.Ordinal)
        && key.EndsWith(Suffix, StringComparison.OrdinalIgnoreCase);
}
