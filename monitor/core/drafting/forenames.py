"""Forenames that are common in the United Kingdom: they tell a person's name from another."""

from __future__ import annotations

FORENAMES = frozenset(
    """
    aaron abigail adam adrian agnes aileen ailsa aimee alan alasdair alastair albert alec alex alexander
    alexandra alfie alfred alice alisdair alison alistair allan allison alyn amanda amber amelia amy andrea
    andrew angela angus anita ann anna annabelle anne annette annie anthony antonia archie arthur ash ashley
    audrey ava barbara barry beatrice ben benjamin bernadette bernard beth bethany betty beverley bill billy
    blair bob bobby brenda brendan brian bridget bruce bryan callum calum cameron carl carla carol caroline
    carolyn catherine cathy catriona cecilia charles charlie charlotte cheryl chloe chris christian christina
    christine christopher ciaran claire clara clare clive colette colin connor conor craig crawford daisy dan
    daniel danielle danny daphne darren dave david dawn dean debbie deborah deidre denise dennis derek dermot
    diana diane dominic don donald donna doris dorothy doug douglas duncan dylan eddie edith edna edward edwin
    eileen eilidh elaine eleanor elena elizabeth ella ellen ellie elsie emily emma eric erica erin ethel euan
    eva evan eve evelyn ewan ewen fergus finlay finn fiona flora frances francis frank fred freda frederick
    freya gail gareth garry gary gavin gayle gemma geoff geoffrey george georgia georgina gerald geraldine
    gerard gill gillian gina glen glenn gordon grace graeme graham greer greg gregor gregory gwen hamish hamza
    hannah harriet harry hayley hazel heather hector helen henry hilary holly howard hugh humza iain ian
    imogen ines iona irene iris isabel isabella isla isobel ivan ivy jack jackie jackson jacqueline jade jake
    james jamie jan jane janet janice jasmine jason jean jeff jeffrey jenni jennifer jenny jeremy jess jessica
    jessie jill jim jimmy jo joan joanna joanne joe joel john johnny jonathan jordan joseph josephine josh
    joshua joy joyce judith judy julia julian julie june karen karl kate katherine kathleen kathryn kathy
    katie katy kay keir keith kelly ken kenneth kenny kerry kevin kim kimberley kirsteen kirsten kirsty kyle
    laura lauren laurence lee leo leon leonard lesley leslie lewis liam lily linda lindsay lindsey lisa liz
    lloyd logan lois lorna lorraine louis louise luca lucas lucy luke lynda lynn lynne lynsey mabel maggie
    mairi malcolm mandy marc marcus margaret maria marian marie marilyn marion marjorie mark martha martin
    mary matt matthew maureen maurice max maxwell meg megan meghan melanie mhairi michael michelle miles
    millie mina moira molly mona monica morag morgan morna murdo muriel murray myra nadia nancy naomi natalie
    natasha nathan neil niall nicholas nick nicky nicola nicole nigel noah noel nora norma norman oliver
    olivia omar orla oscar owen pam pamela pat patricia patrick paul paula pauline penelope penny pete peter
    philip phillip phoebe phyllis poppy rachael rachel ralph ray raymond rebecca reece rhiannon rhona rhys
    richard rita rob robbie robert robin robyn rod roddy roderick rodney roger rona ronald rory rosalind rose
    rosemary rosie ross roy ruairi ruby russell ruth ryan sally sam samantha samuel sandra sara sarah scott
    sean seonaid sharon shaun sheena sheila shelagh shirley shona siobhan skye sonia sophie stacey stan
    stanley stella stephanie stephen steve steven stewart stuart sue susan susanne suzanne sylvia tania tanya
    ted terence teresa terry tess thelma theodore theresa thomas tim timothy tina toby todd tom tony tracey
    tracy trevor tricia una ursula valerie vanessa vera veronica vicky victor victoria vincent violet virginia
    vivian vivien wendy will william willie winifred yasmin yvonne zoe
    """.split()
)
