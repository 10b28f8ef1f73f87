namespace Lapstack.Ports;

/// <summary>What a metric is told by: its namespace, its name, and all of its dimensions, in any order.</summary>
public sealed record MetricName
{
    private readonly string _key;

    /// <param name="metricNamespace">Such as <c>AWS/Lambda</c>.</param>
    /// <param name="name">Such as <c>Errors</c>.</param>
    /// <param name="dimensions">Names and values; none is a metric of its own.</param>
    public MetricName(string metricNamespace, string name, params IEnumerable<(string Name, string Value)> dimensions)
    {
        Namespace = metricNamespace;
        Name = name;
        Dimensions = [.. dimensions.OrderBy(d => d.Name, StringComparer.Ordinal)];
        _key = string.Join('\n', Dimensions.Select(d => $"{d.Name}={d.Value}").Prepend(name).Prepend(metricNamespace));
    }

    public string Namespace { get; }

    public string Name { get; }

    /// <summary>Ordered by name.</summary>
    public IReadOnlyList<(string Name, string Value)> Dimensions { get; }

    public bool Equals(MetricName? other) => other?._key == _key;

    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(_key);

    public override string ToString() =>
        $"{Namespace} {Name} [{string.Join(", ", Dimensions.Select(d => $"{d.Name}={d.Value}"))}]";
}
