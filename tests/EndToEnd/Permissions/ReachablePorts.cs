using System.Collections;
using System.Reflection;
using Jobs.Core.Composition;
using Jobs.Core.Runs;

namespace Jobs.Tests.EndToEnd.Permissions;

/// <summary>
/// The ports that an object can come to call: those that it, what it holds, and what it calls back hold.
/// </summary>
internal sealed class ReachablePorts
{
    private const BindingFlags All = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    private readonly HashSet<object> _seen = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<Type, object> _ports = [];

    private ReachablePorts()
    {
    }

    public static IReadOnlyDictionary<Type, object> Of(object root)
    {
        var walk = new ReachablePorts();
        walk.Visit(root);
        return walk._ports;
    }

    /// <summary>The ports that a type is an adapter of; all of them together are none.</summary>
    public static IEnumerable<Type> PortsOf(Type type) => type.GetInterfaces().Where(IsPort);

    public static bool IsPort(Type type) =>
        type.IsInterface && type.Assembly == typeof(IRunStore).Assembly && type != typeof(IControlPlanePorts);

    private void Visit(object? value)
    {
        if (value is null or string || value.GetType().IsPrimitive || !_seen.Add(value)) return;
        var ports = PortsOf(value.GetType()).ToList();
        foreach (var port in ports) _ports[port] = value;
        if (ports.Count > 0) return;
        if (value is Delegate call) Visit(call.Target);
        else if (IsLazy(value.GetType())) Visit(value.GetType().GetProperty("Value")!.GetValue(value));
        else if (value is IEnumerable items) VisitEach(items);
        else if (IsOurs(value.GetType())) VisitFields(value);
    }

    private void VisitEach(IEnumerable items)
    {
        foreach (var item in items) Visit(item is DictionaryEntry entry ? entry.Value : ValueOf(item));
    }

    private static object? ValueOf(object? item) =>
        item?.GetType() is { IsGenericType: true } type && type.GetGenericTypeDefinition() == typeof(KeyValuePair<,>)
            ? type.GetProperty("Value")!.GetValue(item)
            : item;

    private void VisitFields(object value)
    {
        for (var type = value.GetType(); type is not null && IsOurs(type); type = type.BaseType)
        {
            foreach (var field in type.GetFields(All | BindingFlags.DeclaredOnly))
            {
                Visit(field.GetValue(value));
            }
        }
    }

    private static bool IsLazy(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Lazy<>);

    private static bool IsOurs(Type type) =>
        type.Assembly.GetName().Name!.StartsWith("Jobs.", StringComparison.Ordinal);
}
