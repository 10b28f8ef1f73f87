using System.Collections;
using System.Reflection;
using System.Runtime.CompilerServices;
using Jobs.Core.Children;
using Jobs.Core.Ids;
using Jobs.Core.Runs;
using Jobs.Core.Sizes;

namespace Jobs.Tests.EndToEnd.Permissions;

/// <summary>
/// A value for any parameter of a port: whether a call is allowed depends on few of them. Texts go by their parameter's
/// name; everything else is made from its constructor and its required members.
/// </summary>
/// <param name="texts">What is given for texts of these names, which are compared without case.</param>
internal sealed class Samples(IReadOnlyDictionary<string, string> texts)
{
    private static readonly DateTimeOffset Moment = new(2026, 1, 5, 8, 0, 0, TimeSpan.Zero);

    /// <summary>
    /// A run of the job that the texts name for a parameter of this name; of <c>job</c> unless they do.
    /// </summary>
    public RunId Run(string name) => RunId.From(texts.GetValueOrDefault(name + "Job") ?? Text("job"), "probe");

    /// <summary>A text may be given for one method's parameter: <c>WriteAsync.key</c>.</summary>
    public object? Of(ParameterInfo parameter) =>
        texts.GetValueOrDefault($"{parameter.Member.Name}.{parameter.Name}") ?? Of(
            parameter.ParameterType, parameter.Name!);

    private object? Of(Type type, string name) => type switch
    {
        _ when Nullable.GetUnderlyingType(type) is { } inner => Of(inner, name),
        _ when type == typeof(string) => Text(name),
        _ when type == typeof(object) => 1,
        _ when type == typeof(RunId) => Run(name),
        _ when type == typeof(LaunchId) => new LaunchId(Run(name), 1),
        _ when type == typeof(TaskSize) => new TaskSize(256, 512),
        _ when type == typeof(ChildRun) => new ChildRun(0, Run(name)) { Fingerprint = "sample", RegisteredAt = Moment },
        _ when type == typeof(DateTimeOffset) => Moment,
        _ when type == typeof(TimeSpan) => TimeSpan.FromSeconds(1),
        _ when type == typeof(CancellationToken) => CancellationToken.None,
        _ when type == typeof(Stream) => new MemoryStream([1, 2, 3]),
        _ when type == typeof(bool) => false,
        { IsPrimitive: true } => Convert.ChangeType(1, type, System.Globalization.CultureInfo.InvariantCulture),
        { IsEnum: true } => Enum.GetValues(type).GetValue(0),
        _ when IsDictionary(type) =>
            Activator.CreateInstance(typeof(Dictionary<,>).MakeGenericType(type.GetGenericArguments())),
        _ when typeof(IEnumerable).IsAssignableFrom(type) => Many(type, name),
        { IsAbstract: true } => Of(Concrete(type), name),
        _ => Make(type, name),
    };

    private string Text(string name) =>
        texts.FirstOrDefault(
            text => string.Equals(text.Key, name, StringComparison.OrdinalIgnoreCase)).Value ?? "sample";

    private static bool IsDictionary(Type type) =>
        type.IsGenericType && type.GetInterfaces().Append(type)
            .Any(it => it.IsGenericType && it.GetGenericTypeDefinition() == typeof(IReadOnlyDictionary<,>));

    /// <summary>One of them, in an array; a collection that is no array's interface stays empty.</summary>
    private object? Many(Type type, string name)
    {
        var item = type.IsArray ? type.GetElementType()! : type.GetGenericArguments()[0];
        var one = Array.CreateInstance(item, 1);
        if (!type.IsInstanceOfType(one))
        {
            return type.GetField("Empty", BindingFlags.Static | BindingFlags.Public)?.GetValue(null)
                ?? Activator.CreateInstance(type);
        }
        one.SetValue(Of(item, name.TrimEnd('s')), 0);
        return one;
    }

    private static Type Concrete(Type type) =>
        type.Assembly.GetTypes().First(other => !other.IsAbstract && type.IsAssignableFrom(other));

    private object Make(Type type, string name)
    {
        var constructor = type.GetConstructors().OrderByDescending(it => it.GetParameters().Length).FirstOrDefault();
        var value = constructor is null ? RuntimeHelpers.GetUninitializedObject(type)
            : constructor.Invoke([.. constructor.GetParameters().Select(parameter => Given(parameter, name))]);
        foreach (var property in type.GetProperties().Where(
            property => property.GetCustomAttribute<RequiredMemberAttribute>() is not null))
        {
            property.SetValue(value, Of(property.PropertyType, property.Name));
        }

        return value;
    }

    /// <summary>A run inside of a value is what the value's own name says: a child's is a child.</summary>
    private object? Given(ParameterInfo parameter, string name) =>
        parameter.HasDefaultValue ? parameter.DefaultValue
            : Of(parameter.ParameterType, parameter.ParameterType == typeof(RunId) ? name : parameter.Name!);
}
