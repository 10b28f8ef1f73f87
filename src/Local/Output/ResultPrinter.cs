using System.Globalization;
using System.Text.Json;
using Jobs.Core;
using Spectre.Console;

namespace Jobs.Local.Output;

/// <summary>Shows any job's result: its plain members as a list, each array of objects as a table.</summary>
internal sealed class ResultPrinter(IAnsiConsole console)
{
    private const int MaxRows = 30;

    public void Print(string json)
    {
        using var document = JsonDocument.Parse(json);
        if (document.RootElement.ValueKind != JsonValueKind.Object)
        {
            console.WriteLine(Legible.Of(document.RootElement.ToString()));
            return;
        }

        var members = document.RootElement.EnumerateObject().ToList();
        PrintPlain(members.Where(member => !IsTable(member.Value)));
        foreach (var member in members.Where(member => IsTable(member.Value)))
        {
            PrintTable(member.Name, [.. member.Value.EnumerateArray()]);
        }
    }

    private void PrintPlain(IEnumerable<JsonProperty> members)
    {
        var list = new Grid().AddColumn(new GridColumn().NoWrap()).AddColumn();
        foreach (var member in members)
        {
            list.AddRow(new Text(Legible.Of(member.Name), new Style(Color.Grey)), new Text(Show(member.Value)));
        }

        console.Write(list);
    }

    private void PrintTable(string title, IReadOnlyList<JsonElement> rows)
    {
        var columns = rows.SelectMany(row => row.EnumerateObject().Where(HasText).Select(member => member.Name))
            .Distinct()
            .ToList();
        var table = new Table
        {
            Title = new TableTitle(Markup.Escape(Legible.Of(title))),
            Border = TableBorder.Rounded,
        };
        foreach (var column in columns) table.AddColumn(new TableColumn(new Text(Legible.Of(column))));
        foreach (var row in rows.Take(MaxRows))
        {
            table.AddRow(
                columns.Select(column => new Text(row.TryGetProperty(column, out var value) ? Show(value) : "")));
        }

        if (rows.Count > MaxRows) table.Caption = new TableTitle($"and {rows.Count - MaxRows} more");
        console.Write(table);
    }

    private static bool IsTable(JsonElement value) =>
        value.ValueKind == JsonValueKind.Array
            && value.GetArrayLength() > 0
            && value.EnumerateArray().All(row => row.ValueKind == JsonValueKind.Object);

    private static bool HasText(JsonProperty member) =>
        member.Value.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined);

    private static string Show(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => "",
        JsonValueKind.Number => value.GetDouble().ToString("0.####", CultureInfo.InvariantCulture),
        JsonValueKind.Array => string.Join(", ", value.EnumerateArray().Select(Show)),
        JsonValueKind.Object =>
            string.Join(
                ", ", value.EnumerateObject().Select(member => $"{Legible.Of(member.Name)} {Show(member.Value)}")),
        _ => Legible.Of(value.ToString()),
    };
}
