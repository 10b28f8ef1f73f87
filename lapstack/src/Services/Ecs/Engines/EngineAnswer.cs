namespace Lapstack.Services.Ecs.Engines;

/// <summary>What a command of the engine came to.</summary>
/// <param name="Code">Null when it took too long.</param>
/// <param name="Lines">All that it printed.</param>
internal sealed record EngineAnswer(int? Code, IReadOnlyList<string> Lines)
{
    /// <summary>Where an engine says what went wrong.</summary>
    public string LastLine => Lines is [.., var last] ? last : "the engine said nothing";
}
