using System.Globalization;
using System.Text.Json;
using Jobs.Page.Ground;

namespace Jobs.Page.Views;

/// <summary>
/// JSON for people: plain members as a list, arrays of objects as tables. What is no JSON stays as it is.
/// </summary>
internal static class JsonView
{
    private const int MaxRows = 50;
    private const int MaxColumns = 12;

    public static Html Render(string title, string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return Html.Of($"""<div class="json">{Value(title, document.RootElement)}</div>""");
        }
        catch (JsonException)
        {
            return Html.Of($"""<pre tabindex="0" aria-label="{title}">{json}</pre>""");
        }
    }

    private static Html Value(string title, JsonElement value)
    {
        if (IsTable(value)) return Table(title, [.. value.EnumerateArray()]);
        if (value.ValueKind != JsonValueKind.Object) return Html.Of($"<p>{Show(value)}</p>");
        var members = value.EnumerateObject().ToList();
        return Html.Of($"""
            {Parts.Facts(members.Where(member => !IsTable(member.Value)).Select(
                member => (member.Name, (Html?)Html.Of($"{Show(member.Value)}"))))}
            {members.Where(member => IsTable(member.Value)).Select(
                member => Table(member.Name, [.. member.Value.EnumerateArray()]))}
            """);
    }

    private static Html Table(string title, IReadOnlyList<JsonElement> rows)
    {
        var columns = rows.SelectMany(row => row.EnumerateObject().Select(member => member.Name))
            .Distinct().Take(MaxColumns).ToList();
        var more = Html.When(rows.Count > MaxRows, $"""<p class="dim">and {rows.Count - MaxRows} more</p>""");
        return Html.Of($"""
            <div class="scroll" role="region" aria-label="{title}" tabindex="0"><table><caption>{title}</caption>
            <thead><tr>{columns.Select(column => Html.Of($"""<th scope="col">{column}</th>"""))}</tr></thead>
            <tbody>{rows.Take(MaxRows).Select(row => Html.Of($"<tr>{columns.Select(column => Cell(row, column))}</tr>"))}</tbody>
            </table></div>{more}
            """);
    }

    private static Html Cell(JsonElement row, string column) => row.TryGetProperty(column, out var value)
        ? Html.Of($"""<td{Html.When(value.ValueKind == JsonValueKind.Number, $""" class="number" """)}>{Show(value)}</td>""")
        : Html.Of($"<td></td>");

    private static bool IsTable(JsonElement value) =>
        value.ValueKind == JsonValueKind.Array
        && value.GetArrayLength() > 0
        && value.EnumerateArray().All(row => row.ValueKind == JsonValueKind.Object);

    private static string Show(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => "–",
        JsonValueKind.Number when value.TryGetDouble(out var number) && !long.TryParse(value.GetRawText(), out _) =>
            number.ToString("0.####", CultureInfo.InvariantCulture),
        JsonValueKind.Array when value.EnumerateArray().All(one => one.ValueKind != JsonValueKind.Object) =>
            string.Join(", ", value.EnumerateArray().Select(Show)),
        JsonValueKind.Object or JsonValueKind.Array => value.GetRawText(),
        _ => value.ToString(),
    };
}
