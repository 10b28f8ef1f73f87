using System.Reflection;

namespace Jobs.Tests.Unit.Sdk;

/// <summary>What job authors compile against, checked in: a change of it is a decision, not an accident.</summary>
public sealed class PublicSurfaceTests
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    [Fact]
    public void Public_surface_is_the_one_that_is_checked_in()
    {
        var path = Path.Combine(AppContext.BaseDirectory, "Sdk", "PublicSurface.txt");
        var types = Exported().OrderBy(type => type.Name, StringComparer.Ordinal);
        var actual = string.Join('\n', types.SelectMany(Describe)) + "\n";
        if (actual != File.ReadAllText(path)) File.WriteAllText(path + ".actual", actual);

        Assert.Equal(File.ReadAllText(path), actual);
    }

    private static IEnumerable<Type> Exported() =>
        new[] { typeof(JobContext), typeof(JobTestEnvironment) }.SelectMany(type => type.Assembly.GetExportedTypes());

    private static IEnumerable<string> Describe(Type type)
    {
        yield return $"{type}{(type.BaseType is null || type.BaseType == typeof(object) ? "" : $" : {type.BaseType}")}";
        var members = type.GetMembers(Declared)
            .Where(member => member is not MethodInfo { IsSpecialName: true })
            .Select(member => $"    {Text(member)}");
        foreach (var member in members.Order(StringComparer.Ordinal)) yield return member;
    }

    private static string Text(MemberInfo member) => member switch
    {
        PropertyInfo property => $"{property} {{ get;{(property.SetMethod is { IsPublic: true } ? " set;" : "")} }}",
        _ => member.ToString()!,
    };
}
