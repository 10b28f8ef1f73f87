namespace Lapstack.Access;

/// <summary>The condition keys of one request. Names are not case-sensitive, as IAM says.</summary>
public sealed class RequestContext(IEnumerable<KeyValuePair<string, string[]>> keys)
{
    private readonly Dictionary<string, string[]> _keys = new(keys, StringComparer.OrdinalIgnoreCase);

    /// <summary>Null when the key is absent.</summary>
    public string[]? this[string key] => _keys.GetValueOrDefault(key);
}
