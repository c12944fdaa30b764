using Colead.Analysis.Instruments;
using Colead.Parts.Answering.Texts;

namespace Colead.Parts.Answering;

/// <summary>All answers of a draft, as they are looked over before sending.</summary>
public sealed record ReviewView(RoundSheet Round, string Language, byte[] Answers, IReadOnlyList<string> Comments)
{
    /// <summary>The address under which the parts are; without one nothing can be changed.</summary>
    public string? Base { get; init; }

    public RespondentTexts Texts => RespondentTexts.For(Language);
    public int Answered => Answers.Count(code => code is not (Answer.SkippedCode or AnswerOperations.SkipCode));

    /// <summary>What was answered to a statement, in words.</summary>
    public string Say(int item) => Answers[item] switch
    {
        Answer.SkippedCode or AnswerOperations.SkipCode => Texts.NotAnswered,
        Answer.DontKnowCode => Texts.DontKnow,
        var option => Round.Instrument.Scale.ValueOf(option) + " – " + Round.Instrument.Anchors[Language][option - 1],
    };
}
