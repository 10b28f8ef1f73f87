using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Amazon.Lambda.Annotations.SourceGenerator;

// What the generator remembers between two keystrokes: values only, so that equal input generates nothing anew.

internal enum ParameterKind
{
    Event,
    Context,
    Service,
}

internal enum ReturnKind
{
    Nothing,
    Value,
    Task,
    TaskOfValue,
}

internal sealed record Parameter(string Name, string Type, ParameterKind Kind);

internal sealed record FunctionModel(
    string Namespace,
    string Type,
    string TypeFullName,
    string Method,
    ReturnKind Returns,
    string ReturnType,
    Values<Parameter> Parameters,
    string Serializer,
    bool InImage,
    Values<Problem> Problems,
    Place Place)
{
    public string Wrapper => $"{Type}_{Method}_Generated";

    public string WrapperFullName => Namespace.Length == 0 ? Wrapper : $"{Namespace}.{Wrapper}";

    public IEnumerable<Parameter> HandlerParameters =>
        Parameters.Items.Where(parameter => parameter.Kind != ParameterKind.Service);
}

internal sealed record StartupModel(string TypeFullName, bool ConfiguresServices, bool ConfiguresHost, Place Place);

internal sealed record AssemblyModel(
    string Name, string Serializer, bool GenerateMain, string Runtime, bool IsExecutable, bool HasRuntimeSupport,
    bool HasMain);

/// <summary>A diagnostic to report: its id and its message's arguments.</summary>
internal sealed record Problem(string Id, string Argument);

internal sealed record Place(string File, TextSpan Span, LinePositionSpan Lines)
{
    public Location Location => Location.Create(File, Span, Lines);

    public static Place Of(SyntaxNode node)
    {
        var location = node.GetLocation();
        return new Place(node.SyntaxTree.FilePath, location.SourceSpan, location.GetLineSpan().Span);
    }
}

/// <summary>A list that equals another with equal items.</summary>
internal sealed class Values<T>(IEnumerable<T> items) : IEquatable<Values<T>>
{
    private readonly T[] _items = items.ToArray();

    public IReadOnlyList<T> Items => _items;

    public bool Equals(Values<T>? other) => other is not null && _items.SequenceEqual(other._items);

    public override bool Equals(object? obj) => Equals(obj as Values<T>);

    public override int GetHashCode() =>
        _items.Aggregate(17, (hash, item) => unchecked((hash * 31) + (item?.GetHashCode() ?? 0)));
}
