namespace Jobs.Sdk.Ground;

/// <summary>Types as their authors write them: <c>Ended&lt;CsvSummary&gt;</c>.</summary>
internal static class TypeName
{
    public static string Of(Type type) => type.IsGenericType ? $"{Bare(type)}<{Arguments(type)}>" : type.Name;

    private static string Bare(Type type) => type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)];

    private static string Arguments(Type type) => string.Join(", ", type.GetGenericArguments().Select(Of));
}
