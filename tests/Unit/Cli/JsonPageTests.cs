using System.Text.Json;
using Jobs.Cli.Shapes;
using Jobs.Tests.Unit.House;

namespace Jobs.Tests.Unit.Cli;

/// <summary>The page of the JSON shapes has every shape, and of each the members in their order.</summary>
public sealed class JsonPageTests
{
    [Fact]
    public void Every_shape_has_a_row_with_its_members()
    {
        var shapes = typeof(RunShape).Assembly.GetTypes()
            .Where(type => type.Namespace == typeof(RunShape).Namespace)
            .Where(type => type.Name.EndsWith("Shape", StringComparison.Ordinal));
        var rows = Paper.Read("docs/reference/json.md").Lines
            .Where(line => line.StartsWith("| ", StringComparison.Ordinal))
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
            .ToLookup(cells => cells[1], cells => string.Join(", ", cells[2].Split(", ").Select(NameOfMember)));

        Assert.Equal(
            [],
            shapes.Where(shape => !rows[NameOf(shape)].SequenceEqual([MembersOf(shape)]))
                .Select(shape => $"{NameOf(shape)}: {MembersOf(shape)}"));
    }

    private static string NameOfMember(string member) => member.Split(':')[0];

    private static string NameOf(Type shape) => shape.Name[..^"Shape".Length];

    private static string MembersOf(Type shape) => string.Join(
        ", ", shape.GetProperties().Select(property => JsonNamingPolicy.CamelCase.ConvertName(property.Name)));
}
