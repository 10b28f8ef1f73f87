namespace Amazon.Runtime.StandIn;

/// <summary>The members of a request as the fields of a form; null is left out.</summary>
internal sealed class QueryForm(IDictionary<string, string> fields, string prefix = "")
{
    public void Member(string name, string value)
    {
        if (value is not null) fields[prefix + name] = value;
    }

    public void Member(string name, MemoryStream value) =>
        Member(name, value is null ? null : Convert.ToBase64String(value.ToArray()));

    public void Member<T>(string name, Dictionary<string, T> values, Action<QueryForm, T> write)
    {
        if (values is null) return;
        var n = 0;
        foreach (var (key, value) in values)
        {
            var entry = $"{prefix}{name}.entry.{++n}.";
            fields[entry + "Name"] = key;
            write(new QueryForm(fields, entry + "Value."), value);
        }
    }
}
